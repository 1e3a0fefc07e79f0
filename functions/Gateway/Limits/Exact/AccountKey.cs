using Records;

namespace Gateway.Limits.Exact;

/// <summary>Whose tokens an account holds.</summary>
internal readonly record struct AccountKey(string Limit, LedgerKind Kind, string Key)
{
    /// <summary>Limits of one key are few, so the key's hash is enough; equality looks at the key first.</summary>
    public override int GetHashCode() => string.GetHashCode(Key) + Limit.Length + (int)Kind;

    public bool Equals(AccountKey other) => Key == other.Key && Limit == other.Limit && Kind == other.Kind;
}
