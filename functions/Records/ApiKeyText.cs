using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Records;

/// <summary>
/// The text of an API key: sgw_live_ or sgw_test_, id (10), MAC of the id (6), secret (22), CRC-32 of all before (6), in base 62.
/// The check digits refuse mistyped keys and let secret scanners find leaked ones; the MAC refuses invented ids before storage is asked.
/// </summary>
public sealed class ApiKeyText
{
    public const int IdLength = 10;

    // 62^22 is above 2^130.
    public const int SecretLength = 22;

    /// <summary>Every key is this long: both kinds have four letters.</summary>
    public const int Length = SecretEnd + CheckLength;

    private const int KindLength = 9;
    private const int MacLength = 6;
    private const int CheckLength = 6;
    private const int IdEnd = KindLength + IdLength;
    private const int MacEnd = IdEnd + MacLength;
    private const int SecretEnd = MacEnd + SecretLength;
    private const string LivePrefix = "sgw_live_";
    private const string TestPrefix = "sgw_test_";

    private readonly string _text;

    private ApiKeyText(string text)
    {
        _text = text;
        Kind = text.StartsWith(LivePrefix, StringComparison.Ordinal) ? ApiKeyKind.Live : ApiKeyKind.Test;
        Id = text[KindLength..IdEnd];
    }

    public ApiKeyKind Kind { get; }

    /// <summary>Public name of the key: for logs and lists.</summary>
    public string Id { get; }

    /// <summary>A new key, drawn from the system's random source without bias.</summary>
    public static ApiKeyText Create(ApiKeyKind kind, Pepper pepper) => Build(
        kind,
        RandomNumberGenerator.GetString(Base62.Alphabet, IdLength),
        RandomNumberGenerator.GetString(Base62.Alphabet, SecretLength),
        pepper);

    /// <summary>Puts a key's text together from its parts.</summary>
    public static ApiKeyText Build(ApiKeyKind kind, string id, string secret, Pepper pepper)
    {
        if (!IsId(id) || secret.Length != SecretLength || !secret.All(Base62.IsDigit))
        {
            throw new ArgumentException($"An id is {IdLength} and a secret {SecretLength} digits of base 62.");
        }

        return new(string.Create(Length, (kind, id, secret, pepper), static (text, parts) =>
        {
            (parts.kind == ApiKeyKind.Live ? LivePrefix : TestPrefix).CopyTo(text);
            parts.id.CopyTo(text[KindLength..]);
            WriteMac(parts.pepper, parts.id, text[IdEnd..MacEnd]);
            parts.secret.CopyTo(text[MacEnd..]);
            Base62.Write(Crc32.Of(text[..SecretEnd]), text[SecretEnd..]);
        }));
    }

    /// <summary>Reads what a client sent. Looks at every character whatever the first ones are; allocates only for a well-formed key.</summary>
    public static ApiKeyFault TryParse(ReadOnlySpan<char> text, out ApiKeyText? key)
    {
        key = null;
        if (text.Length != Length)
        {
            return ApiKeyFault.Shape;
        }

        var shaped = text.StartsWith(LivePrefix, StringComparison.Ordinal) | text.StartsWith(TestPrefix, StringComparison.Ordinal);
        foreach (var character in text[KindLength..])
        {
            shaped &= Base62.IsDigit(character);
        }

        Span<char> check = stackalloc char[CheckLength];
        Base62.Write(Crc32.Of(text[..SecretEnd]), check);
        if (!shaped)
        {
            return ApiKeyFault.Shape;
        }

        if (!check.SequenceEqual(text[SecretEnd..]))
        {
            return ApiKeyFault.CheckDigits;
        }

        key = new(text.ToString());
        return ApiKeyFault.None;
    }

    /// <summary>True: the text begins as keys do, so that it was meant as one; the rest is not looked at.</summary>
    public static bool IsMeantAsKey(ReadOnlySpan<char> text) => text.StartsWith(LivePrefix, StringComparison.Ordinal) || text.StartsWith(TestPrefix, StringComparison.Ordinal);

    /// <summary>Where the id stands in a text that is as long as keys are; empty: it is not. Says nothing of whether it is one.</summary>
    public static ReadOnlySpan<char> IdIn(ReadOnlySpan<char> text) => text.Length == Length ? text[KindLength..IdEnd] : default;

    /// <summary>True: the text can be the id of a key.</summary>
    public static bool IsId([NotNullWhen(true)] string? text) => text is { Length: IdLength } && text.All(Base62.IsDigit);

    /// <summary>What is shown of a key in lists: its kind and id.</summary>
    public static string PrefixOf(ApiKeyKind kind, string id) => (kind == ApiKeyKind.Live ? LivePrefix : TestPrefix) + id;

    /// <summary>True: this id was given out under one of the peppers. In constant time.</summary>
    public bool IsGenuine(Peppers peppers) =>
        HasMacOf(peppers.Current) | (peppers.Previous is not null && HasMacOf(peppers.Previous));

    /// <summary>What is stored of the secret: HMAC-SHA-256 under the pepper.</summary>
    public byte[] HashSecret(Pepper pepper)
    {
        var hash = new byte[HMACSHA256.HashSizeInBytes];
        pepper.Mac(_text.AsSpan(MacEnd, SecretLength), hash);
        return hash;
    }

    /// <summary>True: the secret is the one that the record was made with. In constant time.</summary>
    public bool Matches(KeyRecord record, Peppers peppers) =>
        peppers.Find(record.PepperVersion) is { } pepper
        && record.Kind == Kind
        && CryptographicOperations.FixedTimeEquals(HashSecret(pepper), record.SecretHash.Span);

    /// <summary>True: this is the key, to the last letter. In constant time.</summary>
    public bool IsWrittenAs(ReadOnlySpan<char> text) => CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(text), MemoryMarshal.AsBytes(_text.AsSpan()));

    /// <summary>The whole key, secret included: shown to its owner once, at creation.</summary>
    public string Reveal() => _text;

    /// <summary>Kind and id only, so that a key in a log line gives nothing away.</summary>
    public override string ToString() => PrefixOf(Kind, Id);

    private bool HasMacOf(Pepper pepper)
    {
        Span<char> mac = stackalloc char[MacLength];
        WriteMac(pepper, Id, mac);
        var difference = 0;
        for (var at = 0; at < MacLength; at++)
        {
            difference |= mac[at] ^ _text[IdEnd + at];
        }

        return difference == 0;
    }

    // 2^64 modulo 62^6 favours no value by more than one in 10^8.
    private static void WriteMac(Pepper pepper, ReadOnlySpan<char> id, Span<char> digits)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        pepper.Mac(id, mac);
        Base62.Write(BinaryPrimitives.ReadUInt64BigEndian(mac), digits);
    }
}

/// <summary>Why a text is no API key.</summary>
public enum ApiKeyFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Length, first letters or alphabet are others than a key's.</summary>
    Shape,

    /// <summary>It looks like a key, but was mistyped or cut.</summary>
    CheckDigits,
}
