using System.Security.Cryptography;
using System.Text;

namespace Records;

/// <summary>A secret of the gateway's own that goes into the check of every API key, so that the stored rows alone are worth nothing.</summary>
public sealed record Pepper
{
    /// <summary>Fewer bytes would make the pepper the weakest link.</summary>
    public const int MinimumBytes = 32;

    private readonly byte[] _key;

    /// <param name="version">Number of this pepper; rows name it. At least 1.</param>
    /// <param name="key">At least 32 random bytes.</param>
    public Pepper(int version, byte[] key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, MinimumBytes, nameof(key));
        Version = version;
        _key = [.. key];
    }

    public int Version { get; }

    /// <summary>HMAC-SHA-256 of an ASCII text under this pepper.</summary>
    internal void Mac(ReadOnlySpan<char> text, Span<byte> mac)
    {
        Span<byte> bytes = stackalloc byte[text.Length];
        Encoding.ASCII.GetBytes(text, bytes);
        HMACSHA256.HashData(_key, bytes, mac);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Never the secret: records print their members.</summary>
    public override string ToString() => $"Pepper {Version}";
}

/// <summary>The peppers in use: new keys take the current one; keys made under the previous one stay good until it is dropped.</summary>
/// <param name="Current">For new keys.</param>
/// <param name="Previous">For keys made before the last change. Null: there is none, or its time is over.</param>
public sealed record Peppers(Pepper Current, Pepper? Previous = null)
{
    /// <summary>The pepper of this version, or null: it is not in use (any more).</summary>
    public Pepper? Find(int version) =>
        Current.Version == version ? Current
        : Previous?.Version == version ? Previous
        : null;
}
