using Records.Trust;

namespace Records.Tests.Trust;

public sealed class TrustRowsTests
{
    private static readonly BundleRow _bundle = new() { Sequence = 7, Document = "{}", Signer = "ab", Signature = [1, 2, 3, 4] };
    private static readonly PeerRow _peer = new() { Service = "orders", Instance = "i1", Document = "{}", Certificate = [1, 2], Signature = [3] };

    [Fact]
    public void Bundle_WrittenAndRead_IsTheSame() => Assert.Equivalent(_bundle, BundleRow.FromRow(_bundle.ToRow()).Record, strict: true);

    // A column of a table holds 64 KiB of UTF-16.
    [Theory]
    [InlineData(32_768)]
    [InlineData(64_000)]
    [InlineData(BundleRow.LongestDocument)]
    public void Bundle_LongerThanAColumn_IsTheSame(int length)
    {
        var wide = _bundle with { Document = string.Create(length, 0, (text, _) => text.Fill('ü')) };

        var row = wide.ToRow();

        Assert.All(row.Values.OfType<string>(), column => Assert.InRange(column.Length, 0, 32_768));
        Assert.Equivalent(wide, BundleRow.FromRow(row).Record, strict: true);
    }

    [Fact]
    public void Bundle_LongerThanARow_CannotBeWritten() =>
        Assert.Throws<InvalidOperationException>(() => (_bundle with { Document = new string('x', BundleRow.LongestDocument + 1) }).ToRow());

    [Fact]
    public void Rotation_OfManySteps_IsTheSame()
    {
        var rotation = new RotationRecord { Id = "authority.1.a", Certificate = "authority", Reason = "asked", Started = DateTimeOffset.UnixEpoch, Procedure = 2, Steps = new string('s', 100_000) };

        Assert.Equivalent(rotation, RotationRecord.FromRow(rotation.ToRow()).Record, strict: true);
    }

    [Fact]
    public void Rotation_OfBeforeProceduresHadVersions_FollowsTheFirst()
    {
        var row = new RotationRecord { Id = "orders.1.a", Certificate = "orders", Reason = "due", Started = DateTimeOffset.UnixEpoch, Steps = "[]" }.ToRow();
        row.Remove("Procedure");

        Assert.Equal(1, RotationRecord.FromRow(row).Record!.Procedure);
    }

    [Fact]
    public void Peer_WrittenAndRead_IsTheSame() => Assert.Equivalent(_peer, PeerRow.FromRow(_peer.ToRow()).Record, strict: true);

    [Fact]
    public void Peer_WithoutCertificate_HasNone()
    {
        var joining = _peer with { Certificate = null, Signature = null };

        Assert.Equivalent(joining, PeerRow.FromRow(joining.ToRow()).Record, strict: true);
    }

    [Fact]
    public void Bundles_Newer_StandBeforeOlder() =>
        Assert.True(string.CompareOrdinal(BundleRow.AddressOf(8).RowKey, BundleRow.AddressOf(7).RowKey) < 0);

    [Theory]
    [InlineData("Sequence", "x")]
    [InlineData("Sequence", "0")]
    [InlineData("Signature", "!")]
    [InlineData("Document", 1)]
    public void Bundle_DamagedColumn_IsNamed(string column, object value)
    {
        var row = _bundle.ToRow();
        row[column] = value;

        Assert.Equal(column, BundleRow.FromRow(row).Fault?.Column);
    }

    [Fact]
    public void Report_WrittenAndRead_IsTheSame()
    {
        var report = new PeerReport
        {
            Service = "gateway",
            Instance = "i1",
            Sequence = 4,
            At = DateTimeOffset.UnixEpoch,
            Serial = "0A",
            Calls = ["orders"],
            Canaries = [new() { Service = "orders", Version = "v2", With = "gateway", Failure = "refused" }],
        };

        Assert.Equivalent(report, PeerReportFormat.Read(PeerReportFormat.Write(report)).Report, strict: true);
    }
}
