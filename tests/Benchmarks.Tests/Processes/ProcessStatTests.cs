using Benchmarks.SideBySide.Processes;

namespace Benchmarks.Tests.Processes;

public sealed class ProcessStatTests
{
    [Theory]
    [InlineData("nginx")]
    [InlineData("a (b) c")]
    public void Parse_WhateverTheNameHolds_TakesParentAndTimes(string name)
    {
        var stat = ProcessStat.Parse($"4711 ({name}) S 42 4711 4711 0 -1 4194304 100 7 0 0 150 30 20 4 20 0 1 0 4858080 3133440 360");

        Assert.Equal(new ProcessStat(Id: 4711, Parent: 42, Ticks: 180, TicksOfChildren: 24), stat);
    }
}
