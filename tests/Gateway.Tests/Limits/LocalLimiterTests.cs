using System.Collections.Concurrent;
using CsCheck;
using Gateway.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Limits;

public sealed class LocalLimiterTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _time = new();
    private readonly LocalLimiter _limiter;

    public LocalLimiterTests() => _limiter = new(new LimitCounters(), _time);

    [Fact]
    public void Rolling_WhenUsedUp_SaysExactlyHowLong()
    {
        var charge = Quotas.Rolling(2, TenSeconds).Charge();
        _limiter.Take(charge);
        _time.Advance(TimeSpan.FromSeconds(4));
        _limiter.Take(charge);

        Assert.Equal(new LimitReading(false, 0, TimeSpan.FromSeconds(6)), _limiter.Take(charge).Readings[0]);

        _time.Advance(TimeSpan.FromSeconds(6) - TimeSpan.FromTicks(1));
        Assert.False(_limiter.Take(charge).IsAdmitted);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_limiter.Take(charge).IsAdmitted);
        Assert.False(_limiter.Take(charge).IsAdmitted);
    }

    [Fact]
    public void Rolling_Refused_IsNeverCharged()
    {
        var charge = Quotas.Rolling(1, TenSeconds).Charge();
        for (var second = 0; second < 10; second++)
        {
            _limiter.Take(charge);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(_limiter.Take(charge).IsAdmitted);
    }

    [Fact]
    public void Rolling_AnyTraffic_NeverExceedsTheLimitInAnyWindow() =>
        Gen.Select(Gen.OneOf(Gen.Const(1L), Gen.Const(3L), Gen.Const(100L), Gen.Const(129L), Gen.Const(500L)), Gen.Int[1, 400].Array[1, 60], Gen.Int[1, 300].Array[60]).Sample((count, steps, bursts) =>
        {
            var time = new FakeTimeProvider();
            var limiter = new LocalLimiter(new LimitCounters(), time);
            var window = TimeSpan.FromMilliseconds(1000);
            var admitted = new List<long>();
            foreach (var (step, burst) in steps.Zip(bursts))
            {
                time.Advance(TimeSpan.FromMilliseconds(step));
                for (var request = 0; request < burst; request++)
                {
                    if (limiter.Take(Quotas.Rolling(count, window).Charge()).IsAdmitted)
                    {
                        admitted.Add(time.GetTimestamp());
                    }
                }
            }

            return !Enumerable.Range(0, admitted.Count).Any(first => first + count < admitted.Count && admitted[first + (int)count] - admitted[first] < window.Ticks);
        }, iter: 50);

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void Rolling_WhoWaitsAsToldInWholeSeconds_IsAdmitted(long count)
    {
        var charge = Quotas.Rolling(count, TenSeconds).Charge();
        for (var request = 0; request < 3 * count; request++)
        {
            _time.Advance(TimeSpan.FromTicks(request * 37));
            if (_limiter.Take(charge) is { IsAdmitted: false } refused)
            {
                _time.Advance(TimeSpan.FromSeconds(LimitHeaders.Seconds(refused.Readings[0].Next!.Value)));
                Assert.True(_limiter.Take(charge).IsAdmitted);
            }
        }
    }

    [Fact]
    public void Bucket_Burst_ThenEarnsSteadily()
    {
        var charge = Quotas.Bucket(10, TimeSpan.FromSeconds(1), 50).Charge();

        Assert.Equal(50, Enumerable.Range(0, 60).Count(_ => _limiter.Take(charge).IsAdmitted));
        Assert.Equal(TimeSpan.FromMilliseconds(100), _limiter.Take(charge).Readings[0].Next);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(_limiter.Take(charge).IsAdmitted);
        Assert.False(_limiter.Take(charge).IsAdmitted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, Enumerable.Range(0, 60).Count(_ => _limiter.Take(charge).IsAdmitted));
    }

    [Fact]
    public void Bucket_AnyTraffic_StaysUnderItsBound() =>
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 9], Gen.Int[1, 2_000_000].Array[1, 80]).Sample((count, burst, steps) =>
        {
            var time = new FakeTimeProvider();
            var limiter = new LocalLimiter(new LimitCounters(), time);
            var admitted = new List<long>();
            foreach (var step in steps)
            {
                time.Advance(TimeSpan.FromTicks(step));
                while (limiter.Take(Quotas.Bucket(count, TimeSpan.FromSeconds(1), burst).Charge()).IsAdmitted)
                {
                    admitted.Add(time.GetTimestamp());
                }
            }

            return !Enumerable.Range(0, admitted.Count).Any(first => Enumerable.Range(first, admitted.Count - first).Any(last =>
                (last - first + 1 - burst) * (Int128)TimeSpan.TicksPerSecond > (Int128)count * (admitted[last] - admitted[first])));
        }, iter: 50);

    [Fact]
    public void Calendar_Period_EndsAtMidnightOfTheZone()
    {
        _time.SetUtcNow(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var charge = Quotas.Calendar(1, CalendarPeriod.Day, "Europe/Berlin").Charge();
        _limiter.Take(charge);

        Assert.Equal(new LimitReading(false, 0, TimeSpan.FromHours(11)), _limiter.Take(charge).Readings[0]);

        _time.Advance(TimeSpan.FromHours(11));
        Assert.True(_limiter.Take(charge).IsAdmitted);
    }

    [Fact]
    public void InFlight_Finished_ComesBack()
    {
        var charge = Quotas.InFlight(1).Charge();
        var first = _limiter.Take(charge);

        Assert.False(_limiter.Take(charge).IsAdmitted);

        first.Finish!();
        Assert.True(_limiter.Take(charge).IsAdmitted);
    }

    [Fact]
    public void SeveralLimits_OneRefuses_NoneIsCharged()
    {
        var (wide, narrow, streams) = (Quotas.Rolling(2, TenSeconds).Charge("wide"), Quotas.Rolling(1, TenSeconds).Charge("narrow"), Quotas.InFlight(5).Charge("streams"));
        Assert.True(_limiter.Take(wide, narrow, streams).IsAdmitted);

        var refused = _limiter.Take(wide, narrow, streams);

        Assert.Equal([true, false, true], refused.Readings.Select(reading => reading.HadRoom));
        Assert.Equal([1L, 0L, 4L], refused.Readings.Select(reading => reading.Remaining));
        Assert.Null(refused.Finish);
        Assert.True(_limiter.Take(wide).IsAdmitted);
    }

    [Fact]
    public void Shadow_WithoutRoom_RefusesNothing()
    {
        var (shadow, real) = (Quotas.Rolling(1, TenSeconds).Charge("shadow", shadow: true), Quotas.Rolling(2, TenSeconds).Charge("real"));
        _limiter.Take(shadow, real);

        var second = _limiter.Take(shadow, real);

        Assert.True(second.IsAdmitted);
        Assert.Equal([false, true], second.Readings.Select(reading => reading.HadRoom));
        Assert.False(_limiter.Take(shadow, real).IsAdmitted);
    }

    [Fact]
    public void OtherNumbers_OfTheSameShape_KeepTheCount()
    {
        _limiter.Take(Quotas.Rolling(10, TenSeconds).Charge());

        Assert.Equal(3, _limiter.Take(Quotas.Rolling(5, TenSeconds).Charge()).Readings[0].Remaining);
        Assert.False(_limiter.Take(Quotas.Rolling(2, TenSeconds).Charge()).IsAdmitted);
    }

    [Fact]
    public void OtherKeys_CountApart()
    {
        _limiter.Take(Quotas.Rolling(1, TenSeconds).Charge(key: "a"));

        Assert.True(_limiter.Take(Quotas.Rolling(1, TenSeconds).Charge(key: "b")).IsAdmitted);
    }

    [Fact]
    public async Task ManyThreads_NeverExceedTheLimitAndNeverWaitForEachOther()
    {
        const int Limit = 50;
        var stamps = new ConcurrentBag<long>();
        var (held, mostHeld) = (0, 0);
        var (one, two) = (Quotas.Rolling(Limit, TimeSpan.FromMilliseconds(100)).Charge("one"), Quotas.InFlight(3).Charge("two"));

        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), TestContext.Current.CancellationToken, (request, _) =>
        {
            if (request % 10 == 0)
            {
                lock (stamps)
                {
                    _time.Advance(TimeSpan.FromTicks(request % 7 * 1000));
                }
            }

            // Both orders, so that a lock order by position would wait for ever.
            var before = _time.GetTimestamp();
            var verdict = request % 2 == 0 ? _limiter.Take(one, two) : _limiter.Take(two, one);
            if (verdict.IsAdmitted)
            {
                var now = Interlocked.Increment(ref held);
                InterlockedMax(ref mostHeld, now);
                // A clock that stood still while the token was taken shows the very reading that admitted it.
                if (_time.GetTimestamp() == before)
                {
                    stamps.Add(before);
                }

                Interlocked.Decrement(ref held);
                verdict.Finish!();
            }

            return ValueTask.CompletedTask;
        });

        var sorted = stamps.Order().ToList();
        Assert.True(sorted.Count > Limit);
        Assert.InRange(mostHeld, 1, 3);
        Assert.DoesNotContain(Enumerable.Range(0, Math.Max(sorted.Count - Limit, 0)), first => sorted[first + Limit] - sorted[first] < TimeSpan.FromMilliseconds(100).Ticks);
    }

    private static void InterlockedMax(ref int place, int value)
    {
        for (var seen = place; seen < value;)
        {
            seen = Interlocked.CompareExchange(ref place, value, seen) is var found && found == seen ? value : found;
        }
    }
}
