using Gateway.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Limits;

public sealed class LimitCountersTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void IdleKeys_AreForgottenAsNewOnesCome()
    {
        var counters = new LimitCounters();
        var limiter = new LocalLimiter(counters, _time);
        var quota = Quotas.Rolling(5, TimeSpan.FromSeconds(1));
        for (var key = 0; key < 1000; key++)
        {
            limiter.Take(quota.Charge(key: $"old {key}"));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        for (var key = 0; key < 1000; key++)
        {
            limiter.Take(quota.Charge(key: $"new {key}"));
        }

        Assert.InRange(counters.Count, 1000, 1100);
    }

    [Fact]
    public void Capacity_IsKept_AndTheBusyStay()
    {
        var counters = new LimitCounters(capacity: 100);
        var limiter = new LocalLimiter(counters, _time);
        var rolling = Quotas.Rolling(50, TimeSpan.FromHours(1));
        var held = limiter.Take(Quotas.InFlight(1).Charge("held", "held"));
        for (var request = 0; request < 50; request++)
        {
            limiter.Take(rolling.Charge(key: "busy"));
        }

        for (var key = 0; key < 2000; key++)
        {
            limiter.Take(rolling.Charge(key: $"once {key}"));
        }

        Assert.Equal(100, counters.Count);
        Assert.False(limiter.Take(rolling.Charge(key: "busy")).IsAdmitted);
        Assert.False(limiter.Take(Quotas.InFlight(1).Charge("held", "held")).IsAdmitted);
        held.Finish!();
    }

    [Fact]
    public void Capacity_AllHeld_StillCounts()
    {
        var counters = new LimitCounters(capacity: 2);
        var limiter = new LocalLimiter(counters, _time);

        Assert.All(Enumerable.Range(0, 5), key => Assert.True(limiter.Take(Quotas.InFlight(1).Charge(key: $"{key}")).IsAdmitted));
        Assert.False(limiter.Take(Quotas.InFlight(1).Charge(key: "0")).IsAdmitted);
    }

    [Fact]
    public void SeveralIdleCounters_OfOneRequest_DoNotDriveEachOtherOut()
    {
        var limiter = new LocalLimiter(new LimitCounters(), _time);
        var charges = Enumerable.Range(0, 5).Select(limit => Quotas.InFlight(1).Charge($"{limit}")).ToArray();

        limiter.Take(charges).Finish!();

        Assert.True(limiter.Take([.. charges, Quotas.InFlight(1).Charge("new")]).IsAdmitted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryKind_ForgottenOrNot_CountsTheSame(string kind)
    {
        var counters = new LimitCounters();
        var limiter = new LocalLimiter(counters, _time);
        var quota = kind switch
        {
            "rolling" => Quotas.Rolling(1, TimeSpan.FromSeconds(10)),
            "bucket" => Quotas.Bucket(1, TimeSpan.FromSeconds(10), 1),
            _ => Quotas.Calendar(1, CalendarPeriod.Day),
        };
        limiter.Take(quota.Charge());

        for (var key = 0; key < 100; key++)
        {
            limiter.Take(quota.Charge(key: $"other {key}"));
        }

        Assert.False(limiter.Take(quota.Charge()).IsAdmitted);
    }

    public static TheoryData<string> Kinds => ["rolling", "bucket", "calendar"];
}
