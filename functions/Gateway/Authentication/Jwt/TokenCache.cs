using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Authentication.Jwt;

/// <summary>
/// Live state: tokens whose signature was right, by issuer and SHA-256 of their text, so that a signature is verified once. Bounded by two
/// generations: when the young one is full it becomes the old one, and what was old and unused is forgotten.
/// </summary>
internal sealed class TokenCache(int generation)
{
    // At most 10,000 tokens of at most 4 KB of text: tens of megabytes at worst. Longer ones are rare and are verified every time.
    private const int LongestText = 4096;

    private readonly Lock _lock = new();
    private volatile ConcurrentDictionary<(Issuer, Hash), VerifiedToken> _young = new();
    private volatile ConcurrentDictionary<(Issuer, Hash), VerifiedToken> _old = new();

    public TokenCache()
        : this(5_000)
    {
    }

    internal int Count => _young.Count + _old.Count;

    public VerifiedToken? Find(Issuer issuer, Hash hash)
    {
        if (_young.TryGetValue((issuer, hash), out var token))
        {
            return token;
        }

        if (_old.TryGetValue((issuer, hash), out token))
        {
            Put(issuer, hash, token);
        }

        return token;
    }

    public void Add(Issuer issuer, Hash hash, TokenText text, VerifiedToken token)
    {
        if (text.Value.Length <= LongestText)
        {
            Put(issuer, hash, token);
        }
    }

    public void Remove(Issuer issuer, Hash hash)
    {
        _young.TryRemove((issuer, hash), out _);
        _old.TryRemove((issuer, hash), out _);
    }

    private void Put(Issuer issuer, Hash hash, VerifiedToken token)
    {
        lock (_lock)
        {
            if (_young.Count >= generation)
            {
                (_old, _young) = (_young, new());
            }

            _young[(issuer, hash)] = token;
        }
    }

    /// <summary>SHA-256 of a token's text.</summary>
    internal readonly record struct Hash(UInt128 High, UInt128 Low)
    {
        public static Hash Of(TokenText text)
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.ASCII.GetBytes(text.Value), digest);
            return new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest[16..]));
        }
    }
}
