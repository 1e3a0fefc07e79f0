using Benchmarks.SideBySide;
using Benchmarks.SideBySide.Peers;

namespace Benchmarks.Tests;

public sealed class SideOptionsTests
{
    [Fact]
    public void Parse_OfShort_TakesFewPeersAndAllWorks()
    {
        var options = SideOptions.Parse(["--short"]);

        Assert.Equal((SidePlan.Short, true), (options.Plan, options.IsWhole));
        Assert.Equal([Peer.Ours, Peer.OursJit, Peer.Yarp, Peer.Haproxy], options.Peers);
    }

    [Fact]
    public void Parse_OfAPart_IsNotWhole()
    {
        var options = SideOptions.Parse(["--only", "b,c-each", "--peers", "ours,haproxy", "--short"]);

        Assert.False(options.IsWhole);
        Assert.Equal([Work.EveryToken, Work.Key], options.Works);
        Assert.Equal([Peer.Ours, Peer.Haproxy], options.Peers);
    }

    [Theory]
    [InlineData("--long")]
    [InlineData("--only")]
    [InlineData("--only", "E")]
    [InlineData("--peers", "caddy")]
    public void Parse_OfWhatIsNotKnown_SaysWhatIs(params string[] arguments) => Assert.Throws<BenchFailure>(() => SideOptions.Parse(arguments));
}
