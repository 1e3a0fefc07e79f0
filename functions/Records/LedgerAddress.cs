using System.Globalization;

namespace Records;

/// <summary>Where the rows of a limit's key stand. All shards share a partition, so that one transaction can write them.</summary>
public static class LedgerAddress
{
    public const string Table = "limits";

    /// <summary>The column with the row's bytes.</summary>
    public const string Column = "Ledger";

    /// <summary>The row of a shard; the first is 0.</summary>
    /// <param name="limit">The limit's name.</param>
    /// <param name="kind">How it counts.</param>
    /// <param name="key">Whose it is, as <see cref="LimitKeyText"/> writes it. Clients choose parts of it, so it is hashed.</param>
    public static RowAddress Of(string limit, LedgerKind kind, string key, int shard = 0) =>
        Of(RowAddress.Hash($"{limit}\n{kind}\n{key}"), shard);

    public static RowAddress Of(string partition, int shard) => new(partition, RowKeyOf(shard));

    public static string RowKeyOf(int shard) => shard.ToString("00", CultureInfo.InvariantCulture);
}
