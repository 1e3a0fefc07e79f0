using CsCheck;
using Gateway.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Limits;

/// <summary>The short way of a request with one limit decides as the long one does.</summary>
public sealed class LimitDecisionTests
{
    public static TheoryData<string> Kinds => [.. _quotas.Keys];

    private static readonly Dictionary<string, LimitQuota> _quotas = new()
    {
        ["rolling"] = Quotas.Rolling(3, TimeSpan.FromSeconds(2)),
        ["bucket"] = Quotas.Bucket(1, TimeSpan.FromSeconds(1), 4),
        ["calendar"] = Quotas.Calendar(5, CalendarPeriod.Day),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TryDecide_AnyTraffic_SaysWhatTakingSays(string kind) =>
        Gen.Select(Gen.Int[0, 1_500].Array[1, 40], Gen.Bool).Sample((steps, isShadow) =>
        {
            var time = new FakeTimeProvider();
            var (one, other) = (new LocalLimiter(new LimitCounters(), time), new LocalLimiter(new LimitCounters(), time));
            var charge = _quotas[kind].Charge(shadow: isShadow);
            return steps.All(step =>
            {
                time.Advance(TimeSpan.FromMilliseconds(step));
                var verdict = other.Take(charge);
                return one.TryDecide(charge, out var decision) && decision == new LimitDecision(verdict.IsAdmitted, verdict.Readings[0], verdict.AdmittedAt);
            });
        });

    [Fact]
    public void TryDecide_InFlight_LeavesItToTheLongWay()
    {
        var limiter = new LocalLimiter(new LimitCounters(), new FakeTimeProvider());

        Assert.False(limiter.TryDecide(Quotas.InFlight(1).Charge(), out _));
        Assert.True(limiter.Take(Quotas.InFlight(1).Charge()).IsAdmitted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Terms_SayTheQuotaAndTheState(string kind)
    {
        var now = new DateTimeOffset(2026, 11, 25, 18, 0, 0, TimeSpan.Zero);
        var terms = new LimitTerms("a", _quotas[kind]);

        var fields = (terms.PolicyAt(now), terms.StateAt(new(true, 2, TimeSpan.FromSeconds(1.5)), now), terms.StateAt(new(true, 2, null), now));

        var (policy, state) = kind switch
        {
            "rolling" => ("q=3;w=2", "r=2;t=2"),
            "bucket" => ("q=1;w=1;burst=4", "r=2;t=1"),
            _ => ("q=5;w=86400", "r=2;t=2"),
        };
        Assert.Equal(($"\"a\";{policy}", $"\"a\";{state}", "\"a\";r=2"), fields);
    }

    [Fact]
    public void Terms_OfAMonth_AreAsLongAsTheMonth()
    {
        var terms = new LimitTerms("a", Quotas.Calendar(5, CalendarPeriod.Month));

        Assert.EndsWith($";w={28 * 86400}", terms.PolicyAt(new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)), StringComparison.Ordinal);
        Assert.EndsWith($";w={31 * 86400}", terms.PolicyAt(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)), StringComparison.Ordinal);
    }
}
