using System.Globalization;

namespace Records;

/// <summary>The last day on which a key was used: a row of the table "usage", written by the front door.</summary>
public sealed record KeyUseRecord : ITableRecord<KeyUseRecord>
{
    /// <summary>Version of the columns. Raised when a reader of the version before would misread a row.</summary>
    public const int FormatVersion = 1;

    /// <summary>All in one partition, so that up to 100 are written in one batch.</summary>
    public const string Partition = "key-last-used";

    private const string DayFormat = "yyyy-MM-dd";

    public static string Table => "usage";

    /// <summary>Id of the key.</summary>
    public required string KeyId { get; init; }

    /// <summary>The day, by UTC.</summary>
    public required DateOnly Day { get; init; }

    public RowAddress Address => AddressOf(KeyId);

    public static RowAddress AddressOf(string key) => new(Partition, key);

    public Dictionary<string, object> ToRow() => new()
    {
        [RowReader.VersionColumn] = FormatVersion,
        ["KeyId"] = KeyId,
        ["Day"] = Day.ToString(DayFormat, CultureInfo.InvariantCulture),
    };

    public static RowReading<KeyUseRecord> FromRow(IReadOnlyDictionary<string, object> row)
    {
        var reader = new RowReader(row);
        reader.Version(FormatVersion);
        if (!DateOnly.TryParseExact(reader.Text("Day"), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            reader.Fail("Day", $"is not a day ({DayFormat}).");
        }

        return reader.Finish(new KeyUseRecord { KeyId = reader.Text("KeyId"), Day = day });
    }
}
