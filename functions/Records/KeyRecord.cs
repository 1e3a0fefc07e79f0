using System.Security.Cryptography;

namespace Records;

/// <summary>An API key as it is at rest, without its secret: a row of the table "keys".</summary>
public sealed record KeyRecord : ITableRecord<KeyRecord>
{
    /// <summary>Version of the columns. Raised when a reader of the version before would misread a row.</summary>
    public const int FormatVersion = 1;

    public static string Table => "keys";

    /// <summary>The 10 characters that name the key.</summary>
    public required string Id { get; init; }

    public required ApiKeyKind Kind { get; init; }

    /// <summary>Name of the consumer whom the key belongs to.</summary>
    public required string Consumer { get; init; }

    /// <summary>What the operator calls it. Null: nothing.</summary>
    public string? Label { get; init; }

    /// <summary>Scopes (RFC 6749 §3.3) that the key carries.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public required DateTimeOffset Created { get; init; }

    /// <summary>From when on the key is refused. Null: never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When the key was revoked. Null: it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>Id of the key that took this one's place. Null: none.</summary>
    public string? Successor { get; init; }

    /// <summary>Version of the pepper that the secret was hashed with.</summary>
    public required int PepperVersion { get; init; }

    /// <summary>HMAC-SHA-256 of the secret.</summary>
    public required ReadOnlyMemory<byte> SecretHash { get; init; }

    public RowAddress Address => AddressOf(Id);

    /// <summary>True: the key is good at this time, as far as its own row says.</summary>
    public bool IsLive(DateTimeOffset now) => Revoked is null && !(Expires <= now);

    // Ids are drawn by us, base 62: safe as they are.
    public static RowAddress AddressOf(string key) => new(key, "key");

    public Dictionary<string, object> ToRow()
    {
        var row = new Dictionary<string, object>
        {
            [RowReader.VersionColumn] = FormatVersion,
            ["Id"] = Id,
            ["Kind"] = Kind == ApiKeyKind.Live ? "live" : "test",
            ["Consumer"] = Consumer,
            ["Scopes"] = string.Join(' ', Scopes),
            ["Created"] = Created,
            ["PepperVersion"] = PepperVersion,
            ["SecretHash"] = Convert.ToBase64String(SecretHash.Span),
        };
        AddUnlessNull(row, "Label", Label);
        AddUnlessNull(row, "Expires", Expires);
        AddUnlessNull(row, "Revoked", Revoked);
        AddUnlessNull(row, "Successor", Successor);
        return row;
    }

    public static RowReading<KeyRecord> FromRow(IReadOnlyDictionary<string, object> row)
    {
        var reader = new RowReader(row);
        reader.Version(FormatVersion);
        return reader.Finish(new KeyRecord
        {
            Id = reader.Text("Id"),
            Kind = reader.Choice<ApiKeyKind>("Kind"),
            Consumer = reader.Text("Consumer"),
            Label = reader.OptionalText("Label"),
            Scopes = reader.Words("Scopes"),
            Created = reader.Time("Created"),
            Expires = reader.OptionalTime("Expires"),
            Revoked = reader.OptionalTime("Revoked"),
            Successor = reader.OptionalText("Successor"),
            PepperVersion = reader.Number("PepperVersion"),
            SecretHash = reader.Bytes("SecretHash", HMACSHA256.HashSizeInBytes),
        });
    }

    private static void AddUnlessNull(Dictionary<string, object> row, string column, object? value)
    {
        if (value is not null)
        {
            row[column] = value;
        }
    }
}
