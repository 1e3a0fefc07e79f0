using CsCheck;

namespace Records.Tests;

public sealed class RowTests
{
    private static readonly Gen<string> Word = Gen.Char['!', '~'].Array[1, 20].Select(letters => new string(letters));

    private static readonly Gen<DateTimeOffset> Time =
        Gen.Int[0, int.MaxValue].Select(seconds => DateTimeOffset.FromUnixTimeSeconds(seconds));

    [Fact]
    public void Consumer_WrittenAndRead_IsTheSame() =>
        Gen.Select(Gen.String[1, 128], Word.Null(), Word.List[0, 5], Gen.Bool, Time).Sample((name, plan, groups, suspended, created) =>
        {
            var record = new ConsumerRecord { Name = name, Plan = plan, Groups = groups, Suspended = suspended, Created = created, Keys = groups };

            Assert.Equivalent(record, ConsumerRecord.FromRow(record.ToRow()).Record, strict: true);
        });

    [Fact]
    public void Key_WrittenAndRead_IsTheSame() =>
        Gen.Select(Gen.Enum<ApiKeyKind>(), Word.Null(), Word.List[0, 5], Time, Time.Nullable(), Gen.Byte.Array[32]).Sample((kind, label, scopes, created, ended, hash) =>
        {
            var record = new KeyRecord
            {
                Id = "abcdefghij",
                Kind = kind,
                Consumer = "alice",
                Label = label,
                Scopes = scopes,
                Created = created,
                Expires = ended,
                Revoked = ended,
                Successor = label,
                PepperVersion = 3,
                SecretHash = hash,
            };

            var read = KeyRecord.FromRow(record.ToRow()).Record!;

            Assert.Equal(hash, read.SecretHash.ToArray());
            Assert.Equivalent(record with { SecretHash = default }, read with { SecretHash = default }, strict: true);
        });

    [Fact]
    public void KeyUse_WrittenAndRead_IsTheSame()
    {
        var record = new KeyUseRecord { KeyId = "abcdefghij", Day = new(2026, 2, 28) };

        Assert.Equal(record, KeyUseRecord.FromRow(record.ToRow()).Record);
    }

    [Theory]
    [InlineData("a/b\\c#d?e")]
    [InlineData("issuer:auth0|1")]
    public void Address_OfAnyName_HoldsNothingThatTablesForbid(string name)
    {
        var address = ConsumerRecord.AddressOf(name);

        Assert.Matches("^[0-9a-f]{64}$", address.PartitionKey);
        Assert.NotEqual(address, ConsumerRecord.AddressOf(name + "x"));
    }

    public static TheoryData<string, object?> Damages => new()
    {
        { "FormatVersion", null },
        { "FormatVersion", KeyRecord.FormatVersion + 1 },
        { "FormatVersion", 0 },
        { "FormatVersion", "1" },
        { "Id", null },
        { "Id", 5 },
        { "Kind", "prod" },
        { "Consumer", null },
        { "Label", 1L },
        { "Scopes", null },
        { "Created", "yesterday" },
        { "Expires", "never" },
        { "PepperVersion", 1L },
        { "SecretHash", "****" },
        { "SecretHash", "AAAA" },
        { "SecretHash", null },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Key_DamagedColumn_IsAFaultThatNamesRowAndColumn(string column, object? value)
    {
        var row = Row();
        row.Remove(column);
        if (value is not null)
        {
            row[column] = value;
        }

        var reading = KeyRecord.FromRow(row);

        Assert.Null(reading.Record);
        Assert.Equal(("p/r", column), (reading.Fault!.Row, reading.Fault.Column));
        Assert.DoesNotContain(value?.ToString() is { Length: > 3 } text ? text : "no such text", reading.Fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, false)]
    [InlineData(2, 1, true)]
    [InlineData(3, 1, false)]
    [InlineData(1, 0, false)]
    public void Version_ThisAndTheOneBefore_AreRead(int current, int stored, bool readable)
    {
        var reader = new RowReader(new Dictionary<string, object> { [RowReader.VersionColumn] = stored });

        reader.Version(current);

        Assert.Equal(readable, reader.Fault is null);
    }

    private static Dictionary<string, object> Row()
    {
        var row = new KeyRecord
        {
            Id = "abcdefghij",
            Kind = ApiKeyKind.Live,
            Consumer = "alice",
            Created = DateTimeOffset.UnixEpoch,
            PepperVersion = 1,
            SecretHash = new byte[32],
        }.ToRow();
        row["PartitionKey"] = "p";
        row["RowKey"] = "r";
        return row;
    }
}
