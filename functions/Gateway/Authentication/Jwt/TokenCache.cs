using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Gateway.Authentication.Jwt;

/// <summary>
/// Live state: tokens whose signature was right, by issuer and text, so that a signature is verified once. Bounded by two generations: when the
/// young one is full it becomes the old one, and what was old and unused is forgotten.
/// </summary>
/// <remarks>
/// Found by the text itself, which costs less than any digest of it. The text is a secret: it stays here and in no log, and goes with its entry.
/// </remarks>
internal sealed class TokenCache(int generation)
{
    // At most 4,000 tokens of at most 4 KB of text: some ten megabytes, seldom more than twenty. Longer ones are rare and are verified every time.
    private const int LongestText = 4096;

    private readonly Lock _lock = new();
    private volatile ConcurrentDictionary<Key, VerifiedToken> _young = new(SameToken.Instance);
    private volatile ConcurrentDictionary<Key, VerifiedToken> _old = new(SameToken.Instance);

    public TokenCache()
        : this(2_000)
    {
    }

    internal int Count => _young.Count + _old.Count;

    public VerifiedToken? Find(Issuer issuer, ReadOnlySpan<char> text)
    {
        if (_young.GetAlternateLookup<Asked>().TryGetValue(new(issuer, text), out var token))
        {
            return token;
        }

        if (_old.GetAlternateLookup<Asked>().TryGetValue(new(issuer, text), out var key, out token))
        {
            Put(key, token);
        }

        return token;
    }

    public void Add(Issuer issuer, TokenText text, VerifiedToken token)
    {
        if (text.Value.Length <= LongestText)
        {
            Put(new(issuer, text.Value), token);
        }
    }

    public void Remove(Issuer issuer, TokenText text)
    {
        _young.TryRemove(new(issuer, text.Value), out _);
        _old.TryRemove(new(issuer, text.Value), out _);
    }

    private void Put(Key key, VerifiedToken token)
    {
        lock (_lock)
        {
            if (_young.Count >= generation)
            {
                (_old, _young) = (_young, new(SameToken.Instance));
            }

            _young[key] = token;
        }
    }

    private readonly record struct Key(Issuer Issuer, string Text);

    private readonly ref struct Asked(Issuer issuer, ReadOnlySpan<char> text)
    {
        public Issuer Issuer => issuer;

        public ReadOnlySpan<char> Text { get; } = text;
    }

    // Hashed by the end of the signature, which nobody can choose, with this process's own seed: whoever does not have the token never gets as far
    // as the comparison, so that its time tells nothing.
    private sealed class SameToken : IEqualityComparer<Key>, IAlternateEqualityComparer<Asked, Key>
    {
        private const int Tail = 32;

        public static SameToken Instance { get; } = new();

        public bool Equals(Key x, Key y) => x == y;

        public int GetHashCode(Key obj) => GetHashCode(new Asked(obj.Issuer, obj.Text));

        public bool Equals(Asked alternate, Key other) => alternate.Issuer == other.Issuer && alternate.Text.SequenceEqual(other.Text);

        public int GetHashCode(Asked alternate) =>
            RuntimeHelpers.GetHashCode(alternate.Issuer) ^ string.GetHashCode(alternate.Text[^Math.Min(Tail, alternate.Text.Length)..]);

        public Key Create(Asked alternate) => new(alternate.Issuer, alternate.Text.ToString());
    }
}
