namespace Records.Trust;

/// <summary>A signed report: a row of the table "peers". Its Timestamp, which the storage writes, is the peer's heartbeat.</summary>
public sealed record PeerRow
{
    /// <summary>Version of the columns. Raised when a reader of the version before would misread a row.</summary>
    public const int FormatVersion = 1;

    public const string Table = "peers";

    /// <summary>For how long a row stands after the instance could be waited for last. An instance that was silent for nearly as long makes sure that nobody forgot it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    public required string Service { get; init; }

    public required string Instance { get; init; }

    /// <summary>The report as <see cref="PeerReportFormat"/> writes it: exactly the text that was signed.</summary>
    public required string Document { get; init; }

    /// <summary>DER bytes of the leaf that signed. Null: the instance has none yet, and the report is worth only that it is there.</summary>
    public byte[]? Certificate { get; init; }

    /// <summary>Signature over <see cref="PeerReportFormat.SignedBytes"/>; as in <see cref="BundleRow.Signature"/>.</summary>
    public byte[]? Signature { get; init; }

    // Service names and instances are drawn from letters, digits and hyphens: safe as they are.
    public RowAddress Address => new(Service, Instance);

    public Dictionary<string, object> ToRow()
    {
        var row = new Dictionary<string, object>
        {
            [RowReader.VersionColumn] = FormatVersion,
            ["Service"] = Service,
            ["Instance"] = Instance,
            ["Document"] = Document,
        };
        if (Certificate is not null && Signature is not null)
        {
            row["Certificate"] = Convert.ToBase64String(Certificate);
            row["Signature"] = Convert.ToBase64String(Signature);
        }

        return row;
    }

    public static RowReading<PeerRow> FromRow(IReadOnlyDictionary<string, object> row)
    {
        var reader = new RowReader(row);
        reader.Version(FormatVersion);
        return reader.Finish(new PeerRow
        {
            Service = reader.Text("Service"),
            Instance = reader.Text("Instance"),
            Document = reader.Text("Document"),
            Certificate = reader.OptionalText("Certificate") is null ? null : reader.AnyBytes("Certificate"),
            Signature = reader.OptionalText("Signature") is null ? null : reader.AnyBytes("Signature"),
        });
    }
}
