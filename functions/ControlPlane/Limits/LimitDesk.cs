using Records;

namespace ControlPlane.Limits;

/// <summary>Where the counts of exact limits are looked at and reset.</summary>
public sealed class LimitDesk
{
    /// <summary>What a reset means for the promise.</summary>
    public const string ResetNote =
        "The promise begins anew: leases that instances still hold are spent beside the new count, for up to a minute near the limit and ten minutes far from it.";

    private static readonly LedgerKind[] Kinds = Enum.GetValues<LedgerKind>();

    private readonly LedgerTable _ledgers;
    private readonly TimeProvider _time;

    internal LimitDesk(LedgerTable ledgers, TimeProvider time) => (_ledgers, _time) = (ledgers, time);

    /// <param name="limit">The limit's name.</param>
    /// <param name="parts">Whose it is, in the order of the limit's <c>by</c>; none: everything together.</param>
    public async Task<Outcome<LimitState>> FindAsync(string limit, IReadOnlyList<string> parts, CancellationToken cancellation)
    {
        var (key, refusal) = Read(limit, parts);
        if (key is null)
        {
            return refusal!;
        }

        var found = await Task.WhenAll(Kinds.Select(kind => _ledgers.ReadAsync(PartitionOf(limit, kind, key), cancellation)));
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        var ledgers = Kinds.Zip(found).Where(pair => pair.Second.Count > 0).Select(pair => LedgerState.Of(pair.First, pair.Second, now)).ToList();
        return ledgers.Count > 0 ? new LimitState(limit, key, now, ledgers) : Missing(limit, key);
    }

    /// <summary>Removes the rows, so that the next use begins a new epoch. What instances hold they go on spending, and settle nowhere.</summary>
    public async Task<Outcome<LimitReset>> ResetAsync(string limit, IReadOnlyList<string> parts, CancellationToken cancellation)
    {
        var (key, refusal) = Read(limit, parts);
        if (key is null)
        {
            return refusal!;
        }

        var removed = await Task.WhenAll(Kinds.Select(kind => _ledgers.RemoveAsync(PartitionOf(limit, kind, key), cancellation)));
        return removed.Sum() is > 0 and var rows ? new LimitReset(limit, key, rows, ResetNote) : Missing(limit, key);
    }

    private static Outcome<IReadOnlyList<string>> Read(string limit, IReadOnlyList<string> parts) =>
        FieldRules.Name("limit", limit) is { } refusal ? refusal : LimitKey.Read(parts);

    private static string PartitionOf(string limit, LedgerKind kind, IReadOnlyList<string> key) =>
        LedgerAddress.Of(limit, kind, LimitKeyText.Join(key)).PartitionKey;

    private static Refusal Missing(string limit, IReadOnlyList<string> key) => new(
        RefusalReason.NoLimitState,
        $"Nothing is counted of limit {limit} for {(key.Count == 0 ? "everything together" : string.Join(", ", key))}: nobody used it lately, or the name or the key is another.");
}
