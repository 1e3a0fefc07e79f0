using Gateway.Limits;

namespace Gateway.Tests.Limits;

public sealed class LimitPromiseTests
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, PlanLimitConfig>> _noPlans = [];

    [Theory]
    [InlineData("100 per 10s", "at most 100 in any 10 s, over all instances")]
    [InlineData("100 per 5m by consumer", "at most 100 in any 5 min for each consumer, over all instances")]
    [InlineData("100 per 500ms by route", "at most 100 in any 500 ms for each route, over all instances")]
    [InlineData("100 per 30d by claim department", "at most 100 in any 30 d for each value of claim department, over all instances")]
    [InlineData("10 per 1s burst 50 by header X-Tenant", "at most 50 at once and 50 + 10 per 1 s in any time for each value of header x-tenant, over all instances")]
    [InlineData("100000 per month", "at most 100000 in each month (UTC), over all instances")]
    [InlineData("5 per day by address", "at most 5 in each day (UTC) for each address, over all instances")]
    [InlineData("3 in flight by consumer", "at most 3 at the same time for each consumer, over all instances")]
    public void Bound_OfAnExactLimit_IsOverAllInstances(string rate, string bound) => Assert.Equal(bound, Of(Limit(rate)).Bound);

    [Fact]
    public void Bound_OfALocalLimit_SaysWhatSeveralInstancesAdmit() =>
        Assert.Equal("at most 100 in any 10 s in each instance: N instances admit up to N times as many", Of(Limit("100 per 10s") with { Mode = LimitMode.Local }).Bound);

    [Fact]
    public void Bound_ThatAdmitsWithoutStorage_SaysHowMany() => Assert.Equal(
        "at most 100 in any 10 s, over all instances; while storage is away at most as many in each instance by itself",
        Of(Limit("100 per 10s") with { WhenUnavailable = WhenUnavailable.Admit }).Bound);

    [Fact]
    public void Bound_OfAShadow_RefusesNothing() =>
        Assert.Equal("refuses nothing; counts as if: at most 100 in any 10 s, over all instances", Of(Limit("100 per 10s") with { Shadow = true }).Bound);

    [Fact]
    public void Bound_OfSeveralKeysAndAZone_NamesThem()
    {
        var limit = Limit("9 per day") with { Zone = "Europe/Berlin", By = [new(LimitKeyKind.Address), new(LimitKeyKind.Route)] };

        Assert.Equal("at most 9 in each day (Europe/Berlin) for each address and route, over all instances", Of(limit).Bound);
    }

    [Fact]
    public void Bound_WithPlans_NamesTheirNumbers()
    {
        var plans = new OrderedDictionary<string, IReadOnlyDictionary<string, PlanLimitConfig>>
        {
            ["free"] = new Dictionary<string, PlanLimitConfig> { ["other"] = new() { Count = 1 } },
            ["gold"] = new Dictionary<string, PlanLimitConfig> { ["l"] = new() { Count = 1000 } },
            ["inner"] = new Dictionary<string, PlanLimitConfig> { ["l"] = new() { Unlimited = true } },
            ["large"] = new Dictionary<string, PlanLimitConfig> { ["l"] = new() { Count = 20, Burst = 100 } },
        };

        Assert.EndsWith("over all instances; plan gold: 1000; plan inner: unlimited; plan large: 20", LimitPromise.Of("l", Limit("10 per 1s"), plans).Bound, StringComparison.Ordinal);
        Assert.EndsWith("; plan gold: 1000 with burst 50; plan inner: unlimited; plan large: 20 with burst 100", LimitPromise.Of("l", Limit("10 per 1s burst 50"), plans).Bound, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100 per 10s", "167 ms to 333 ms")]
    [InlineData("100 per 1m", "1 s to 2 s")]
    [InlineData("100 per 45m", "45 s to 60 s")]
    [InlineData("100 per 30d", "60 s")]
    [InlineData("100000 per month", "60 s")]
    public void Cost_NearTheLimit_IsAWriteForOneToTwoSlots(string rate, string lease) => Assert.EndsWith(
        $"near the limit {lease}; none in between, nor for a caller known to be over", Of(Limit(rate)).Cost, StringComparison.Ordinal);

    [Theory]
    [InlineData("3 in flight", "in each instance a write every 1 s to 2 s while requests are under way")]
    [InlineData("3 in flight by consumer", "in each instance a write every 1 s to 2 s while requests of a key are under way")]
    [InlineData("10 per 1s burst 50", "in each instance a write for each lease: up to 1 s of traffic; none in between, nor for a caller known to be over")]
    [InlineData("1 per 10s burst 5 by address", "in each instance a write for each lease: 10 s to 20 s of traffic of a key; none in between, nor for a caller known to be over")]
    [InlineData("100 per 1m by route", "in each instance a write for each lease: up to 10 min of traffic of a key, near the limit 1 s to 2 s; none in between, nor for a caller known to be over")]
    public void Cost_OfAnExactLimit_IsSaidInWhole(string rate, string cost) => Assert.Equal(cost, Of(Limit(rate)).Cost);

    [Fact]
    public void Cost_OfALocalLimit_IsNothing() => Assert.Equal("no storage call", Of(Limit("100 per 10s") with { Mode = LimitMode.Local }).Cost);

    private static LimitConfig Limit(string rate) => (LimitConfig)new LimitForm().Parse(rate).Value!;

    private static LimitPromise Of(LimitConfig limit) => LimitPromise.Of("l", limit, _noPlans);
}
