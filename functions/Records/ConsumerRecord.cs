namespace Records;

/// <summary>Someone who may call: a row of the table "consumers".</summary>
public sealed record ConsumerRecord : ITableRecord<ConsumerRecord>
{
    /// <summary>Version of the columns. Raised when a reader of the version before would misread a row.</summary>
    public const int FormatVersion = 1;

    public static string Table => "consumers";

    /// <summary>Unique name; issuer:value for those of tokens.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the plan. Null: the default one.</summary>
    public string? Plan { get; init; }

    /// <summary>Groups that routes may ask for; without spaces.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>True: refused until resumed.</summary>
    public bool Suspended { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Ids of its keys, oldest first. A key counts only when it stands here: the row's ETag then guards how many there are.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    public RowAddress Address => AddressOf(Name);

    public static RowAddress AddressOf(string key) => new(RowAddress.Hash(key), "consumer");

    public Dictionary<string, object> ToRow()
    {
        var row = new Dictionary<string, object>
        {
            [RowReader.VersionColumn] = FormatVersion,
            ["Name"] = Name,
            ["Groups"] = string.Join(' ', Groups),
            ["Suspended"] = Suspended,
            ["Created"] = Created,
            ["Keys"] = string.Join(' ', Keys),
        };
        if (Plan is not null)
        {
            row["Plan"] = Plan;
        }

        return row;
    }

    public static RowReading<ConsumerRecord> FromRow(IReadOnlyDictionary<string, object> row)
    {
        var reader = new RowReader(row);
        reader.Version(FormatVersion);
        return reader.Finish(new ConsumerRecord
        {
            Name = reader.Text("Name"),
            Plan = reader.OptionalText("Plan"),
            Groups = reader.Words("Groups"),
            Suspended = reader.Flag("Suspended"),
            Created = reader.Time("Created"),
            Keys = reader.Words("Keys"),
        });
    }
}
