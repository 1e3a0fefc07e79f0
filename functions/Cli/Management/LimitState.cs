namespace Cli.Management;

/// <summary>The count of a limit for one key, as the management API describes it.</summary>
internal sealed record LimitState(string Limit, IReadOnlyList<string> Key, DateTimeOffset At, IReadOnlyList<LedgerState> Ledgers);

/// <summary>One way of counting: rolling, bucket, day, month or inFlight.</summary>
internal sealed record LedgerState(string Kind, long Total, long Available, DateTimeOffset? NextFree, string Epoch, long Revision, IReadOnlyList<ShardState> Shards);

/// <summary>One row: all of the count, or a part of it.</summary>
internal sealed record ShardState(int Shard, long Limit, long Available, IReadOnlyList<GrantState> Granted, DateTimeOffset Base, long Commits);

/// <summary>Tokens that are spent before they end, or not at all, and count for a while after that.</summary>
internal sealed record GrantState(long Count, DateTimeOffset Ends, DateTimeOffset Counts);

/// <summary>A count that begins anew.</summary>
internal sealed record LimitReset(string Limit, IReadOnlyList<string> Key, int Rows, string Note);
