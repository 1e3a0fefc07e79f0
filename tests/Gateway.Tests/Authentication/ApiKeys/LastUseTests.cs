using Gateway.Authentication.ApiKeys;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Records;
using Tests.Shared;

namespace Gateway.Tests.Authentication.ApiKeys;

public sealed class LastUseTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new(2026, 2, 28, 23, 0, 0, TimeSpan.Zero));
    private readonly FakeTables _tables = new();
    private readonly LastUseNotes _notes;
    private readonly LastUseWriter _writer;

    public LastUseTests()
    {
        _notes = new(_time);
        _writer = new(_notes, _tables, _time, NullLogger<LastUseWriter>.Instance);
    }

    public void Dispose() => _writer.Dispose();

    [Fact]
    public async Task Note_ManyUsesADay_AreOneRow()
    {
        _notes.Note("abcdefghij");
        _notes.Note("abcdefghij");

        Assert.Equal(1, _notes.Waiting.Count);
        Assert.True(await WriteAsync());
        Assert.Equal(new DateOnly(2026, 2, 28), Assert.Single(Written()).Day);
    }

    [Fact]
    public async Task Note_NextDay_IsWrittenAgainAndTheLaterDayWins()
    {
        _notes.Note("abcdefghij");
        _time.Advance(TimeSpan.FromHours(2));
        _notes.Note("abcdefghij");

        await WriteAsync();

        Assert.Equal(new DateOnly(2026, 3, 1), Assert.Single(Written()).Day);
    }

    [Fact]
    public async Task Write_ManyKeys_GoInBatchesOfAHundred()
    {
        Note(150);

        await WriteAsync();
        Assert.Equal(LastUseWriter.LargestBatch, Written().Count);
        await WriteAsync();
        Assert.Equal(150, Written().Count);
    }

    [Fact]
    public async Task Write_StorageAway_NotesTheNextUseAgain()
    {
        _tables.IsAway = true;
        _notes.Note("abcdefghij");
        Assert.False(await WriteAsync());

        _tables.IsAway = false;
        _notes.Note("abcdefghij");

        Assert.True(await WriteAsync());
        Assert.Single(Written());
    }

    [Fact]
    public async Task Running_WritesWhatGathered_AndGoesOnAfterAFailure()
    {
        await _writer.StartAsync(TestContext.Current.CancellationToken);
        Note(150);
        await PassUntilAsync(() => Written().Count == 150);

        _tables.IsAway = true;
        var before = _tables.Calls;
        _notes.Note("late");
        await PassUntilAsync(() => _tables.Calls > before);
        _tables.IsAway = false;
        await PassUntilAsync(() =>
        {
            _notes.Note("late");
            return Written().Count == 151;
        });

        await _writer.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Note_Flood_StaysBounded()
    {
        Note(50_000);

        Assert.InRange(_notes.Waiting.Count, 1, 20_000);
    }

    private void Note(int keys)
    {
        for (var key = 0; key < keys; key++)
        {
            _notes.Note($"key-{key}");
        }
    }

    private async Task PassUntilAsync(Func<bool> isDone)
    {
        while (!isDone())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private Task<bool> WriteAsync() => _writer.WriteBatchAsync(TestContext.Current.CancellationToken);

    private List<KeyUseRecord> Written() => [.. _tables["usage"].Rows.Select(row => KeyUseRecord.FromRow(row.ToDictionary()).Record!)];
}
