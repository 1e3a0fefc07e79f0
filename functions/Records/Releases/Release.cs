using System.Security.Cryptography;
using System.Text;

namespace Records.Releases;

/// <summary>A stored configuration: a blob of the container "releases", named by the hash of its text and never changed.</summary>
public sealed record Release
{
    /// <summary>Version of the blob, which is the text as it is. Raised when a reader of the version before would misread it.</summary>
    public const int FormatVersion = 1;

    public const string Container = "releases";

    /// <summary>Name of the blob's metadata that holds its version.</summary>
    public const string VersionName = "format";

    /// <summary>Bytes of the longest text: more than any configuration that people write.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Characters of an id.</summary>
    public const int IdLength = 12;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private Release(string hash, string text) => (Hash, Text) = (hash, text);

    /// <summary>The SHA-256 of the text in UTF-8, in lower-case hexadecimal: the blob's name.</summary>
    public string Hash { get; }

    /// <summary>The configuration, as the operator wrote it.</summary>
    public string Text { get; }

    public string Id => IdOf(Hash);

    /// <summary>What people call a release: the first 12 digits of its hash, which is also the id of the snapshot that is made of it.</summary>
    public static string IdOf(string hash) => hash[..IdLength];

    /// <summary>True: it can be a release's hash, so that it is safe as a blob's name.</summary>
    public static bool IsHash(string? text) => text?.Length == SHA256.HashSizeInBytes * 2 && IsHex(text);

    /// <summary>True: it can be a release's id, or more of its hash than that.</summary>
    public static bool IsIdOrMore(string? text) => text?.Length is >= IdLength and <= SHA256.HashSizeInBytes * 2 && IsHex(text);

    /// <exception cref="EncoderFallbackException">The text holds half a character.</exception>
    public static Release Of(string text) => new(HashOf(_strict.GetBytes(text)), text);

    /// <summary>The release of this hash, or what is wrong with its blob. Text that the hash does not vouch for is never given.</summary>
    /// <param name="hash">The blob's name.</param>
    /// <param name="version">What its metadata says.</param>
    /// <param name="bytes">Its content.</param>
    public static (Release? Release, string? Problem) Read(string hash, string? version, ReadOnlySpan<byte> bytes) =>
        FormatText.ProblemOf(version, FormatVersion) is { } problem ? (null, problem)
        : HashOf(bytes) != hash ? (null, "The text is not the one that its hash says.")
        : TextOf(bytes) is { } text ? (new(hash, text), null)
        : (null, "The text is not UTF-8.");

    // Printed, a release would fill the log.
    public override string ToString() => Id;

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static bool IsHex(string text) => text.All(char.IsAsciiHexDigitLower);

    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
