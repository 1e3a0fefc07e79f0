using Benchmarks.SideBySide.Processes;

namespace Benchmarks.Tests.Processes;

public sealed class MachineCpuTests
{
    [Fact]
    public void Parse_LeavesOutWhatWaitsAndCountsGuestsOnce()
    {
        var cpu = MachineCpu.Parse("cpu  100 20 30 999999 888888 5 45 7 60 0");

        Assert.Equal(new MachineCpu(Busy: 2, Stolen: 0.07), cpu);
    }
}
