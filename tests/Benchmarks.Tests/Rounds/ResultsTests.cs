using Benchmarks.SideBySide;
using Benchmarks.SideBySide.Peers;
using Benchmarks.SideBySide.Report;
using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.Tests.Rounds;

public sealed class ResultsTests
{
    private readonly Results _results = new();

    [Fact]
    public void AgainstHaproxy_IsToItsOwnBracketsOfTheSameStart()
    {
        Add(start: 1, Peer.Ours, ours: 30, before: 10, after: 20);
        Add(start: 2, Peer.Ours, ours: 90, before: 30, after: 30);
        Add(start: 3, Peer.Ours, ours: 40, before: 10, after: 10);
        Add(start: 1, Peer.Yarp, ours: 99, before: 33, after: 33);

        Assert.Equal(3, _results.AgainstHaproxy(Peer.Ours, Work.Key), 6);
    }

    [Fact]
    public void AgainstYarp_IsOfBothRatios_WhateverTheMachineDidBetween()
    {
        Add(start: 1, Peer.Ours, ours: 20, before: 10, after: 10);
        Add(start: 1, Peer.Yarp, ours: 80, before: 20, after: 20);

        Assert.Equal(0.5, _results.AgainstYarp(Peer.Ours, Work.Key), 6);
    }

    [Fact]
    public void YoungAgainstSteady_IsToTheSameProcessOnceItIsWarm()
    {
        Add(start: 1, Peer.Ours, ours: 50, before: 10, after: 10);
        var warmth = new Warmth(0);
        for (var second = 1; second <= 20; second++)
        {
            warmth.Add(new(Seconds: 1, Proxy: second <= 10 ? 0.1 : 0.05, Foreign: 0), 1_000);
        }

        _results.AddYoung(1, Peer.Ours, Work.Key, warmth);

        Assert.Equal(2, _results.YoungAgainstSteady(Peer.Ours), 6);
    }

    [Fact]
    public void Bars_OfWhatWasNotMeasured_AreNeitherReachedNorMissed()
    {
        Assert.All(Bar.All(_results, Peer.Ours), static bar => Assert.Equal("–", bar.Reached));
    }

    [Theory]
    [InlineData(1.75, "yes")]
    [InlineData(1.76, "no")]
    public void Bar_IsReached_UpToItsFigure(double measured, string reached) => Assert.Equal(reached, new Bar("B", 1.75, measured, "×").Reached);

    private void Add(int start, Peer peer, double ours, double before, double after)
    {
        _results.Add(Round(start, Peer.Haproxy, peer, before));
        _results.Add(Round(start, peer, peer, ours));
        _results.Add(Round(start, Peer.Haproxy, peer, after));
    }

    private static Round Round(int start, Peer peer, Peer measuredFor, double microseconds) => new()
    {
        Start = start,
        Peer = peer,
        Work = Work.Key,
        For = measuredFor,
        Requests = 1_000_000,
        Seconds = 5,
        CpuSeconds = microseconds,
        Foreign = 0,
        Repeats = 0,
        RssMiB = 0,
        PssMiB = 0,
        StorageOperations = new Dictionary<string, long>(),
    };
}
