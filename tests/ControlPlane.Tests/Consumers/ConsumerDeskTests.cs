using ControlPlane.Consumers;
using ControlPlane.Storage;

namespace ControlPlane.Tests.Consumers;

public sealed class ConsumerDeskTests : IDisposable
{
    private readonly DeskWorld _world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ConsumerDesk Desk => _world.Consumers;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Add_SameNameTwice_IsRefused()
    {
        await Desk.AddAsync(new("alice", "gold"), Cancellation);

        var again = await Desk.AddAsync(new("alice"), Cancellation);

        Assert.Equal(RefusalReason.ConsumerExists, again.Refusal!.Reason);
        Assert.Equal("gold", (await Desk.FindAsync("alice", Cancellation)).Value!.Plan);
    }

    [Fact]
    public async Task List_IsSortedByName()
    {
        await Desk.AddAsync(new("bob"), Cancellation);
        await Desk.AddAsync(new("Carol"), Cancellation);
        await Desk.AddAsync(new("alice"), Cancellation);

        Assert.Equal(["Carol", "alice", "bob"], (await Desk.ListAsync(Cancellation)).Select(consumer => consumer.Name));
    }

    [Fact]
    public async Task Change_WhileAnotherSuspends_KeepsBoth()
    {
        await Desk.AddAsync(new("alice"), Cancellation);
        _world.Tables["consumers"].BeforeNextWrite = () => Desk.SuspendAsync("alice", Cancellation);

        await Desk.ChangeAsync("alice", new() { SetsPlan = true, Plan = "gold" }, Cancellation);

        var consumer = (await Desk.FindAsync("alice", Cancellation)).Value!;
        Assert.True(consumer.Suspended);
        Assert.Equal("gold", consumer.Plan);
    }

    [Fact]
    public async Task Change_LostAgainAndAgain_IsContended()
    {
        await Desk.AddAsync(new("alice"), Cancellation);
        for (var other = 0; other < 20; other++)
        {
            Interfere(other);
        }

        var changed = await Desk.ChangeAsync("alice", new() { SetsPlan = true, Plan = "mine" }, Cancellation);

        Assert.Equal(RefusalReason.Contended, changed.Refusal!.Reason);

        // Each time the row is about to be written, another plan is written first.
        void Interfere(int number)
        {
            var next = _world.Tables["consumers"].BeforeNextWrite;
            _world.Tables["consumers"].BeforeNextWrite = () =>
            {
                var table = _world.Tables["consumers"];
                table.Plant(new(table.Rows[0].ToDictionary()) { ["Plan"] = $"other-{number}" });
                table.BeforeNextWrite = next;
                return Task.CompletedTask;
            };
        }
    }

    [Fact]
    public async Task Suspend_Twice_StaysSuspended()
    {
        await Desk.AddAsync(new("alice"), Cancellation);
        await Desk.SuspendAsync("alice", Cancellation);

        Assert.True((await Desk.SuspendAsync("alice", Cancellation)).Value!.Suspended);
        Assert.False((await Desk.ResumeAsync("alice", Cancellation)).Value!.Suspended);
    }

    [Fact]
    public async Task Remove_ItsKeysAreGone_AndTheSameNameStartsWithNone()
    {
        await Desk.AddAsync(new("alice"), Cancellation);
        await _world.CreateAsync("alice");

        Assert.Null((await Desk.RemoveAsync("alice", Cancellation)).Refusal);
        await Desk.AddAsync(new("alice"), Cancellation);

        Assert.Empty(_world.Tables["keys"].Rows);
        Assert.Empty(await _world.Keys.ListAllAsync(Cancellation));
        Assert.Empty((await _world.Keys.ListAsync("alice", Cancellation)).Value!);
    }

    [Fact]
    public async Task Remove_WhileAKeyIsMade_RemovesThatKeyToo()
    {
        await Desk.AddAsync(new("alice"), Cancellation);
        var late = default(ControlPlane.Keys.IssuedKey);
        _world.Tables["consumers"].BeforeNextWrite = async () => late = await _world.CreateAsync("alice");

        await Desk.RemoveAsync("alice", Cancellation);

        Assert.NotNull(late);
        Assert.Empty(_world.Tables["keys"].Rows);
        Assert.Equal(RefusalReason.NoConsumer, (await Desk.FindAsync("alice", Cancellation)).Refusal!.Reason);
    }

    [Fact]
    public async Task Remove_CutOffHalfWay_HasRevokedEveryKeyAndCanBeRepeated()
    {
        await Desk.AddAsync(new("alice"), Cancellation);
        await _world.CreateAsync("alice");
        await _world.CreateAsync("alice");
        _world.Tables["consumers"].LosesNextWrite = true;

        await Assert.ThrowsAsync<StorageAwayException>(() => Desk.RemoveAsync("alice", Cancellation));
        Assert.Empty(_world.Tables["keys"].Rows);
        Assert.Empty((await _world.Keys.ListAsync("alice", Cancellation)).Value!);

        Assert.Null((await Desk.RemoveAsync("alice", Cancellation)).Refusal);
        Assert.Empty(await Desk.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Remove_WithADamagedKeyRow_RemovesTheOthersAndTheConsumer()
    {
        await Desk.AddAsync(new("alice"), Cancellation);
        var damaged = await _world.CreateAsync("alice");
        await _world.CreateAsync("alice");
        var row = _world.Tables["keys"].Rows.Single(row => row.PartitionKey == damaged.Record.Id);
        _world.Tables["keys"].Plant(new(row.ToDictionary()) { ["Kind"] = "perhaps" });

        Assert.Null((await Desk.RemoveAsync("alice", Cancellation)).Refusal);

        Assert.Equal(damaged.Record.Id, Assert.Single(_world.Tables["keys"].Rows).PartitionKey);
        Assert.Empty(_world.Tables["consumers"].Rows);
        Assert.Contains(_world.Log.Lines, line => line.Contains($"{damaged.Record.Id}/key, column Kind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EveryOperation_OnNobody_SaysNoConsumer()
    {
        Assert.Equal(RefusalReason.NoConsumer, (await Desk.FindAsync("nobody", Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoConsumer, (await Desk.ChangeAsync("nobody", new(), Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoConsumer, (await Desk.SuspendAsync("nobody", Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoConsumer, (await Desk.RemoveAsync("nobody", Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoConsumer, (await _world.Keys.CreateAsync("nobody", new(), Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoConsumer, (await _world.Keys.ListAsync("nobody", Cancellation)).Refusal!.Reason);
    }

    [Fact]
    public async Task EveryOperation_StorageAway_SaysSo()
    {
        _world.Tables.IsAway = true;

        await Assert.ThrowsAsync<StorageAwayException>(() => Desk.AddAsync(new("alice"), Cancellation));
        await Assert.ThrowsAsync<StorageAwayException>(() => Desk.ListAsync(Cancellation));
        await Assert.ThrowsAsync<StorageAwayException>(() => Desk.FindAsync("alice", Cancellation));
    }
}
