using CsCheck;
using Gateway.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Limits;

/// <summary>Each way of counting decides as a model of it that is written as its definition reads.</summary>
public sealed class LimitModelTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 23, 23, 59, 0, TimeSpan.Zero);
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(60);

    // Often no time at all, and often such that windows end at the very moment of a request, or one tick beside it.
    private static readonly Gen<long> _step = Gen.OneOf(
        Gen.Const(0L),
        Gen.Long[0, 20 * TimeSpan.TicksPerSecond],
        Gen.Select(Gen.Long[1, 6], Gen.Long[-1, 1], (fives, ticks) => (fives * 5 * TimeSpan.TicksPerSecond) + ticks));

    [Fact]
    public void Rolling_Decides_AsTheListOfAdmissionsSays() => Compare(
        count => Quotas.Rolling(count, _window),
        (admitted, now, count) => admitted.Count(at => now - at < _window) < count);

    [Fact]
    public void Bucket_Decides_AsTheVirtualScheduleSays() => Compare(
        count => Quotas.Bucket(count, _window, count),
        (admitted, now, count) =>
        {
            // GCRA: each request is due one interval after the one before, and may be a burst too early. In 1/count of a tick.
            Int128 due = 0;
            foreach (var at in admitted)
            {
                due = Int128.Max(due, (Int128)at.UtcTicks * count) + _window.Ticks;
            }

            return due - ((Int128)now.UtcTicks * count) <= (Int128)_window.Ticks * (count - 1);
        });

    [Fact]
    public void Calendar_Decides_AsTheNumberOfTheDaySays() => Compare(
        count => Quotas.Calendar(count, CalendarPeriod.Day),
        (admitted, now, count) => admitted.Count(at => at.UtcDateTime.Date == now.UtcDateTime.Date) < count);

    [Fact]
    public void InFlight_Decides_AsTheNumberUnderWaySays() =>
        Gen.Select(Gen.Int[1, 5], Gen.Bool.Array[1, 200]).Sample((count, begins) =>
        {
            var limiter = new LocalLimiter(new LimitCounters(), new FakeTimeProvider(_start));
            var underWay = new Queue<Action>();
            return begins.All(begin =>
            {
                if (!begin)
                {
                    (underWay.TryDequeue(out var finish) ? finish : () => { })();
                    return true;
                }

                var (expected, verdict) = (underWay.Count < count, limiter.Take(Quotas.InFlight(count).Charge()));
                if (verdict.Finish is not null)
                {
                    underWay.Enqueue(verdict.Finish);
                }

                return verdict.IsAdmitted == expected;
            });
        }, iter: 200);

    // All of a limit just before the end of a fixed window and all of it just after.
    [Theory]
    [InlineData("calendar", 200)]
    [InlineData("rolling", 100)]
    [InlineData("bucket", 100)]
    public void Burst_AroundTheBoundary_AdmitsTwiceOnlyWhereTheWindowIsFixed(string kind, int admitted)
    {
        var time = new FakeTimeProvider(_start);
        var limiter = new LocalLimiter(new LimitCounters(), time);
        var charge = (kind switch
        {
            "calendar" => Quotas.Calendar(100, CalendarPeriod.Day),
            "rolling" => Quotas.Rolling(100, _window),
            _ => Quotas.Bucket(100, _window, 100),
        }).Charge();

        time.Advance(TimeSpan.FromSeconds(59.9));
        var before = Enumerable.Range(0, 100).Count(_ => limiter.Take(charge).IsAdmitted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        var after = Enumerable.Range(0, 100).Count(_ => limiter.Take(charge).IsAdmitted);

        Assert.Equal((100, admitted), (before, before + after));
    }

    private static void Compare(Func<int, LimitQuota> quota, Func<IReadOnlyList<DateTimeOffset>, DateTimeOffset, int, bool> model) =>
        Gen.Select(Gen.Int[1, 12], _step.Array[1, 120]).Sample((count, steps) =>
        {
            var time = new FakeTimeProvider(_start);
            var limiter = new LocalLimiter(new LimitCounters(), time);
            var admitted = new List<DateTimeOffset>();
            return steps.All(step =>
            {
                time.Advance(TimeSpan.FromTicks(step));
                var expected = model(admitted, time.GetUtcNow(), count);
                if (expected)
                {
                    admitted.Add(time.GetUtcNow());
                }

                return limiter.Take(quota(count).Charge()).IsAdmitted == expected;
            });
        }, iter: 300);
}
