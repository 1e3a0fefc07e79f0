using System.Globalization;

namespace Records.Trust;

/// <summary>A signed trust bundle: a row of the table "trust". Rows are only ever added.</summary>
public sealed record BundleRow
{
    /// <summary>Version of the columns. Raised when a reader of the version before would misread a row.</summary>
    public const int FormatVersion = 1;

    public const string Table = "trust";

    /// <summary>Characters of the longest document that a row can hold.</summary>
    public const int LongestDocument = LongText.ColumnLength * LongText.MostColumns;

    /// <summary>All bundles of a mesh stand in one partition, the newest first.</summary>
    public const string PartitionKey = "bundle";

    public required long Sequence { get; init; }

    /// <summary>The bundle as <see cref="TrustBundleFormat"/> writes it: exactly the text that was signed.</summary>
    public required string Document { get; init; }

    /// <summary>Id of the root that signed, which is one of the bundle before; for the first, its own.</summary>
    public required string Signer { get; init; }

    /// <summary>Signature over <see cref="TrustBundleFormat.SignedBytes"/>; ECDSA in the form of RFC 7518 §3.4, or RSASSA-PSS.</summary>
    public required byte[] Signature { get; init; }

    public RowAddress Address => AddressOf(Sequence);

    /// <summary>Where the bundle of this sequence stands, whether it is there already or not.</summary>
    // Counted down, because a table is read in ascending order: the first row found is the newest.
    public static RowAddress AddressOf(long sequence) => new(PartitionKey, (long.MaxValue - sequence).ToString("D19", CultureInfo.InvariantCulture));

    public Dictionary<string, object> ToRow()
    {
        var row = new Dictionary<string, object>
        {
            [RowReader.VersionColumn] = FormatVersion,
            ["Sequence"] = Sequence.ToString(CultureInfo.InvariantCulture),
            ["Signer"] = Signer,
            ["Signature"] = Convert.ToBase64String(Signature),
        };
        LongText.Write(row, "Document", Document);
        return row;
    }

    public static RowReading<BundleRow> FromRow(IReadOnlyDictionary<string, object> row)
    {
        var reader = new RowReader(row);
        reader.Version(FormatVersion);
        return reader.Finish(new BundleRow
        {
            Sequence = reader.LongNumber("Sequence"),
            Document = LongText.Read(reader, "Document"),
            Signer = reader.Text("Signer"),
            Signature = reader.AnyBytes("Signature"),
        });
    }
}
