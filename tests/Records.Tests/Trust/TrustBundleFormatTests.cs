using Records.Trust;

namespace Records.Tests.Trust;

public sealed class TrustBundleFormatTests
{
    private static readonly TrustRoot _root = new() { Certificate = [1, 2, 3], KeyVersion = "k1" };

    private static readonly TrustBundle _bundle = new()
    {
        TrustDomain = "contoso.internal",
        Sequence = 3,
        Issued = DateTimeOffset.UnixEpoch,
        Poll = TimeSpan.FromSeconds(15),
        MaxAge = TimeSpan.FromHours(1),
        Roots = [_root],
        Authority = _root.Id,
        Workloads = [new() { Service = "orders", InUse = Leaf("v1"), Candidate = Leaf("v2") }, new() { Service = "echo" }],
        Refused = [new("0A", DateTimeOffset.UnixEpoch.AddDays(1))],
    };

    [Fact]
    public void Read_WhatWasWritten_IsTheBundle()
    {
        var (bundle, problem) = TrustBundleFormat.Read(TrustBundleFormat.Write(_bundle));

        Assert.Null(problem);
        Assert.Equivalent(_bundle, bundle, strict: true);
    }

    [Theory]
    [InlineData("", "damaged")]
    [InlineData("null", "empty")]
    [InlineData("[]", "damaged")]
    [InlineData("""{"format":1}""", "damaged")]
    public void Read_Damage_IsSaid(string text, string said)
    {
        var (bundle, problem) = TrustBundleFormat.Read(text);

        Assert.Null(bundle);
        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"format\":1", "\"format\":2", "format 2")]
    [InlineData("\"sequence\":3", "\"sequence\":0", "sequence")]
    [InlineData("\"sequence\":3", "\"sequence\":3,\"sequence\":4", "damaged")]
    [InlineData("\"sequence\":3", "\"sequence\":3,\"other\":4", "damaged")]
    [InlineData("\"trustDomain\":\"contoso.internal\"", "\"trustDomain\":null", "damaged")]
    [InlineData("\"poll\":\"00:00:15\"", "\"poll\":\"00:00:00\"", "time")]
    [InlineData("\"echo\"", "\"orders\"", "twice")]
    public void Read_OneThingChanged_IsRefused(string from, string to, string said)
    {
        var text = TrustBundleFormat.Write(_bundle);
        Assert.Contains(from, text, StringComparison.Ordinal);

        var (bundle, problem) = TrustBundleFormat.Read(text.Replace(from, to, StringComparison.Ordinal));

        Assert.Null(bundle);
        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AuthorityThatIsNoRoot_IsRefused()
    {
        var (_, problem) = TrustBundleFormat.Read(TrustBundleFormat.Write(_bundle with { Authority = "00" }));

        Assert.Contains("authority", problem, StringComparison.Ordinal);
    }

    private static LeafVersion Leaf(string version) => new()
    {
        Version = version,
        Serial = "0B",
        Authority = _root.Id,
        Issued = DateTimeOffset.UnixEpoch,
        Expires = DateTimeOffset.UnixEpoch.AddDays(1),
    };
}
