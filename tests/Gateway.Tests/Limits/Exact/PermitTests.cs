using Gateway.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Limits.Exact;

/// <summary>Requests in flight: at most so many over all processes, whatever becomes of them.</summary>
public sealed class PermitTests
{
    private const int MostSteps = 10_000;

    private static readonly LimitCharge _charge = new("streams", Quotas.InFlight(2) with { IsExact = true }, "k", Shadow: false);

    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryLedger _ledger;
    private readonly ExactWorld _one;
    private readonly ExactWorld _two;

    public PermitTests()
    {
        _ledger = new(_time);
        (_one, _two) = (new(_ledger, _time, 1), new(_ledger, _time, 2));
    }

    [Fact]
    public async Task Requests_OfTwoProcesses_ShareTheNumber()
    {
        var (first, second) = (await TakeAsync(_one), await TakeAsync(_two));

        Assert.True(first.IsAdmitted && second.IsAdmitted);
        Assert.False((await TakeAsync(_one)).IsAdmitted);
        Assert.False((await TakeAsync(_two)).IsAdmitted);
    }

    [Fact]
    public async Task Request_ThatEnds_MakesRoomHereAtOnce_AndElsewhereSoon()
    {
        var (first, _) = (await TakeAsync(_one), await TakeAsync(_one));
        first.Finish!();
        var third = await TakeAsync(_one);
        Assert.True(third.IsAdmitted);

        third.Finish!();

        await UntilAsync(TimeSpan.FromMilliseconds(100), async () => (await TakeAsync(_two)).IsAdmitted);
    }

    [Fact]
    public async Task Request_ThatRunsOn_IsCountedForAsLongAsItRuns()
    {
        var (first, second) = (await TakeAsync(_one), await TakeAsync(_one));
        var label = Label();
        for (var minute = 0; minute < 5; minute++)
        {
            await UntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(Label() > label));
            label = Label();
            Assert.False((await TakeAsync(_two)).IsAdmitted);
        }

        Assert.False(first.Lost!.IsCompleted || second.Lost!.IsCompleted);
    }

    [Fact]
    public async Task Request_ThatRunsOnWhileItsRowIsSplit_IsCountedForAsLongAsItRuns()
    {
        var charge = _charge with { Quota = _charge.Quota with { Count = 100 } };
        var request = await _one.Limiter.TryTakeAsync([charge], TestContext.Current.CancellationToken);
        var account = Assert.Single(_one.Accounts.All());
        account.Book.Count(lost: 100);
        await UntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(_ledger.Rows.Count > 1));

        var label = Label();
        for (var minute = 0; minute < 5; minute++)
        {
            await UntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(Label() > label));
            label = Label();
        }

        Assert.False(request.Lost!.IsCompleted);
    }

    [Fact]
    public async Task Request_WhoseLabelPassesWhileStorageIsAway_MustEnd()
    {
        var request = await TakeAsync(_one);
        _ledger.IsAway = true;

        await UntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(request.Lost!.IsCompleted));
    }

    [Fact]
    public async Task Process_ThatIsGone_LeavesItsPermitsUntilTheirLabelsPass()
    {
        var line = new CutStore(_ledger);
        var gone = new ExactWorld(line, _time, 3);
        Assert.True((await TakeAsync(gone)).IsAdmitted && (await TakeAsync(gone)).IsAdmitted);
        line.IsCut = true;
        var began = _time.GetUtcNow();

        Assert.False((await TakeAsync(_two)).IsAdmitted);
        await UntilAsync(TimeSpan.FromSeconds(1), async () => (await TakeAsync(_two)).IsAdmitted);

        Assert.InRange(_time.GetUtcNow() - began, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(3));
    }

    // What runs in the background goes on between two steps of the clock.
    private async Task UntilAsync(TimeSpan step, Func<Task<bool>> condition)
    {
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (await condition())
            {
                return;
            }

            _time.Advance(step);
            await Task.Yield();
        }

        Assert.Fail("It never came true.");
    }

    private long Label() => _ledger.Rows.SelectMany(row => row.Granted).Select(granted => granted.Label).Append(-1).Max();

    private static async Task<LimitVerdict> TakeAsync(ExactWorld world) => await world.Limiter.TryTakeAsync([_charge], TestContext.Current.CancellationToken);
}
