using System.Collections.Frozen;
using System.Text.Json;

namespace Gateway.Authentication.Jwt;

/// <summary>The keys of an issuer that may verify tokens, by kid.</summary>
internal sealed class KeySet
{
    private const int MostKeys = 50;

    private readonly FrozenDictionary<string, VerificationKey> _keys;

    private KeySet(FrozenDictionary<string, VerificationKey> keys, int dropped) => (_keys, Dropped) = (keys, dropped);

    public int Count => _keys.Count;

    /// <summary>How many keys of the document are not used.</summary>
    public int Dropped { get; }

    /// <summary>A kid is a key of this dictionary and nothing else: no path, no query.</summary>
    public VerificationKey? Find(string id) => _keys.GetValueOrDefault(id);

    /// <summary>Reads a JWK set (RFC 7517 §5); null: it is none, or one that is too large.</summary>
    public static KeySet? Read(ReadOnlySpan<byte> utf8)
    {
        if (StrictJson.ReadObject(utf8) is not { } json || !json.TryGetProperty("keys", out var list)
            || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostKeys)
        {
            return null;
        }

        // Where a kid comes twice it says nothing: neither key is used, even if only one of them is for signatures.
        var ambiguous = list.EnumerateArray()
            .Where(key => key.ValueKind == JsonValueKind.Object)
            .GroupBy(key => key.Text("kid") ?? "", StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        var keys = list.EnumerateArray().Select(KeyReader.Read).OfType<VerificationKey>().Where(key => !ambiguous.Contains(key.Id))
            .ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);
        return new(keys, list.GetArrayLength() - keys.Count);
    }
}
