using System.Globalization;

namespace Records.Trust;

/// <summary>
/// A rotation of a certificate and its journal: a row of the table "rotations". While it runs, its certificate has one such row, so that there is
/// one rotation of it at a time; when it is over, the row stands among the certificate's history, the newest first.
/// </summary>
public sealed record RotationRecord : ITableRecord<RotationRecord>
{
    /// <summary>Version of the columns. Raised when a reader of the version before would misread a row.</summary>
    public const int FormatVersion = 1;

    private const string RunningKey = "running";
    private const char Separator = '.';

    public static string Table => "rotations";

    /// <summary>As <see cref="NewId"/> makes it.</summary>
    public required string Id { get; init; }

    /// <summary>The service's name, or "authority".</summary>
    public required string Certificate { get; init; }

    /// <summary>Why: due, asked, revoked or authority.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Version of the procedure that it follows, from its first step to its last.</summary>
    public int Procedure { get; init; } = 1;

    /// <summary>The finished steps, as the control plane writes them.</summary>
    public required string Steps { get; init; }

    /// <summary>Null: it runs.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>What came of it, as the control plane writes it. Null: it runs.</summary>
    public string? Outcome { get; init; }

    public RowAddress Address => Finished is null ? AddressOf(Certificate) : AddressOf(Id);

    /// <summary>An id that tells the certificate and the time, and no two alike.</summary>
    public static string NewId(string certificate, DateTimeOffset started, string random) =>
        string.Create(CultureInfo.InvariantCulture, $"{certificate}{Separator}{started.ToUnixTimeMilliseconds()}{Separator}{random}");

    /// <summary>Of a certificate's name: where its running rotation stands. Of an id: where that rotation stands when it is over.</summary>
    public static RowAddress AddressOf(string key) => key.Split(Separator) is [var certificate, var time, var random] && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var started)
        ? new(certificate, string.Create(CultureInfo.InvariantCulture, $"{long.MaxValue - started:D19}-{random}"))
        : new(key, RunningKey);

    public Dictionary<string, object> ToRow()
    {
        var row = new Dictionary<string, object>
        {
            [RowReader.VersionColumn] = FormatVersion,
            ["Id"] = Id,
            ["Certificate"] = Certificate,
            ["Reason"] = Reason,
            ["Started"] = Started,
            ["Procedure"] = Procedure,
        };
        LongText.Write(row, "Steps", Steps);
        if (Finished is { } finished && Outcome is { } outcome)
        {
            row["Finished"] = finished;
            row["Outcome"] = outcome;
        }

        return row;
    }

    public static RowReading<RotationRecord> FromRow(IReadOnlyDictionary<string, object> row)
    {
        var reader = new RowReader(row);
        reader.Version(FormatVersion);
        return reader.Finish(new RotationRecord
        {
            Id = reader.Text("Id"),
            Certificate = reader.Text("Certificate"),
            Reason = reader.Text("Reason"),
            Started = reader.Time("Started"),
            Procedure = reader.OptionalNumber("Procedure") ?? 1,
            Steps = LongText.Read(reader, "Steps"),
            Finished = reader.OptionalTime("Finished"),
            Outcome = reader.OptionalText("Outcome"),
        });
    }
}
