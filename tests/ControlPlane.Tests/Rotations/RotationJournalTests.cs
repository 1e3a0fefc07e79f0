using ControlPlane.Rotations;
using ControlPlane.Storage;
using Records.Trust;

namespace ControlPlane.Tests.Rotations;

public sealed class RotationJournalTests : IDisposable
{
    private static readonly RotationOutcome _rotated = new(RotationEnd.Rotated, null, []);

    private readonly RunnerWorld _world = new();

    private RotationJournal Journal => _world.Journal;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Begin_WhileOneRuns_GivesThatOne()
    {
        var (first, isFirstNew) = await Journal.BeginAsync("orders", "due", Cancellation);

        var (second, isSecondNew) = await Journal.BeginAsync("orders", "asked", Cancellation);
        var (other, isOtherNew) = await Journal.BeginAsync("echo", "asked", Cancellation);

        Assert.Equal((true, false, true), (isFirstNew, isSecondNew, isOtherNew));
        Assert.Equal(first, second);
        Assert.NotEqual(first.Id, other.Id);
    }

    [Fact]
    public async Task Begin_AnswerLost_IsNew()
    {
        await Journal.BeginAsync("echo", "due", Cancellation);
        _world.Tables[RotationRecord.Table].LosesNextAnswer = true;

        Assert.True((await Journal.BeginAsync("orders", "due", Cancellation)).IsNew);
    }

    [Fact]
    public async Task Keep_ByWhoReadBefore_IsRefused()
    {
        await Journal.BeginAsync("orders", "due", Cancellation);
        var (one, other) = (await RunningAsync(), await RunningAsync());

        Assert.True(await Journal.TryKeepAsync(one, Step("Issue"), Cancellation));
        Assert.False(await Journal.TryKeepAsync(other, Step("Issue"), Cancellation));

        Assert.Single((await RunningAsync()).Steps);
    }

    [Fact]
    public async Task Finish_MovesItIntoTheHistory()
    {
        var (begun, _) = await Journal.BeginAsync("orders", "due", Cancellation);
        _world.Time.Advance(TimeSpan.FromMinutes(3));

        await Journal.FinishAsync(await RunningAsync(), _rotated, Cancellation);

        Assert.Null(await Journal.FindRunningAsync("orders", Cancellation));
        var finished = Assert.Single(await _world.HistoryAsync());
        Assert.Equal((begun.Id, begun.Started + TimeSpan.FromMinutes(3)), (finished.Id, finished.Finished));
        Assert.Equal(RotationEnd.Rotated, RotationJournal.OutcomeOf(finished)!.End);
    }

    [Fact]
    public async Task Finish_CutOffInBetween_IsSeenAsRunningAndEndsTheSecondTime()
    {
        await Journal.BeginAsync("orders", "due", Cancellation);
        var running = await RunningAsync();
        _world.Store.BeforeRemove = () => throw new StorageAwayException("away", null);
        await Assert.ThrowsAsync<StorageAwayException>(() => Journal.FinishAsync(running, _rotated, Cancellation));
        Assert.Null(Assert.Single(await _world.HistoryAsync()).Finished);

        await Journal.FinishAsync(await RunningAsync(), _rotated, Cancellation);

        Assert.NotNull(Assert.Single(await _world.HistoryAsync()).Finished);
        Assert.True((await Journal.BeginAsync("orders", "due", Cancellation)).IsNew);
    }

    [Fact]
    public async Task Finish_ByWhoIsLate_LeavesTheNextOneAlone()
    {
        await Journal.BeginAsync("orders", "due", Cancellation);
        var late = await RunningAsync();
        await Journal.FinishAsync(late, _rotated, Cancellation);
        var (next, _) = await Journal.BeginAsync("orders", "due", Cancellation);

        await Journal.FinishAsync(late, _rotated, Cancellation);

        Assert.Equal(next.Id, (await RunningAsync()).Record.Id);
    }

    [Fact]
    public async Task List_IsNewestFirst_WhateverTheCertificate()
    {
        var ids = new List<string>();
        foreach (var certificate in new[] { "orders", "authority", "echo", "orders" })
        {
            ids.Add(await RotateAsync(certificate));
            _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(Enumerable.Reverse(ids), (await _world.HistoryAsync()).Select(record => record.Id));
    }

    [Fact]
    public async Task Forget_KeepsTheNewestHundredOfACertificate()
    {
        var first = await RotateAsync("echo");
        for (var i = 0; i < 103; i++)
        {
            await RotateAsync("orders");
            _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var newest = await RotateAsync("orders");
        await Journal.BeginAsync("orders", "due", Cancellation);
        await Journal.ForgetAsync("orders", Cancellation);

        var left = await _world.HistoryAsync();
        Assert.Equal(101, left.Count(record => record.Certificate == "orders"));
        Assert.Equal(newest, left.First(record => record.Finished is not null && record.Certificate == "orders").Id);
        Assert.Contains(left, record => record.Id == first);
    }

    [Fact]
    public async Task Forget_StorageAway_IsForAnotherTime()
    {
        _world.Store.BeforeList = () => throw new StorageAwayException("away", null);

        await Journal.ForgetAsync("orders", Cancellation);
    }

    [Fact]
    public async Task Find_ById_RunningOrOver()
    {
        var over = await RotateAsync("orders");
        var (running, _) = await Journal.BeginAsync("orders", "due", Cancellation);

        Assert.NotNull((await Journal.FindAsync(over, Cancellation))!.Finished);
        Assert.Null((await Journal.FindAsync(running.Id, Cancellation))!.Finished);
    }

    [Theory]
    [InlineData("")]
    [InlineData("orders")]
    [InlineData("orders.1.ffffff")]
    [InlineData("orders.x.ffffff")]
    [InlineData("a/b.1.f")]
    [InlineData("a#b.1.f?")]
    public async Task Find_OfNoRotation_IsNull(string id)
    {
        await Journal.BeginAsync("orders", "due", Cancellation);
        var calls = _world.Tables.Calls;

        Assert.Null(await Journal.FindAsync(id, Cancellation));

        // What cannot be a key must not reach storage.
        Assert.True(!id.Contains('/', StringComparison.Ordinal) && !id.Contains('#', StringComparison.Ordinal) || _world.Tables.Calls == calls);
    }

    private async Task<KeptRotation> RunningAsync() => (await Journal.FindRunningAsync("orders", Cancellation))!;

    private async Task<string> RotateAsync(string certificate)
    {
        var (begun, _) = await Journal.BeginAsync(certificate, "due", Cancellation);
        await Journal.FinishAsync((await Journal.FindRunningAsync(certificate, Cancellation))!, _rotated, Cancellation);
        return begun.Id;
    }

    private FinishedStep Step(string name) => new(name, "orders", "true", null, _world.Time.GetUtcNow());
}
