using ControlPlane.Keys;
using Records;

namespace ControlPlane.Tests.Keys;

public sealed class KeyDeskTests : IAsyncLifetime
{
    private readonly DeskWorld _world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private KeyDesk Desk => _world.Keys;

    public async ValueTask InitializeAsync() => await _world.Consumers.AddAsync(new("alice"), Cancellation);

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Create_StoresNoSecret_AndTheTextMatchesTheRow()
    {
        var issued = await _world.CreateAsync("alice", new() { Label = "ci", Scopes = ["orders.read"], Kind = ApiKeyKind.Test });

        var stored = await _world.StoredAsync(issued.Record.Id);
        var text = issued.Text.Reveal();
        Assert.True(issued.Text.Matches(stored, _world.Peppers));
        Assert.Equal((3, "ci", ApiKeyKind.Test), (stored.PepperVersion, stored.Label, stored.Kind));
        Assert.All(_world.Tables["keys"].Rows, row => Assert.DoesNotContain(text[25..47], string.Join(" ", row.ToDictionary().Values), StringComparison.Ordinal));
        Assert.DoesNotContain(text[25..47], $"{issued}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_EleventhLiveKey_IsRefusedAndLeavesNoRow()
    {
        for (var key = 0; key < 10; key++)
        {
            await _world.CreateAsync("alice");
        }

        var eleventh = await Desk.CreateAsync("alice", new(), Cancellation);

        Assert.Equal(RefusalReason.TooManyKeys, eleventh.Refusal!.Reason);
        Assert.Equal(10, _world.Tables["keys"].Rows.Count);
    }

    [Fact]
    public async Task Create_ManyAtOnce_NeverMoreThanTen()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => Desk.CreateAsync("alice", new(), Cancellation), Cancellation)));

        var live = (await Desk.ListAllAsync(Cancellation)).Count(key => key.Record.IsLive(_world.Time.GetUtcNow()));
        Assert.InRange(live, 1, 10);
        Assert.Equal(live, (await Desk.ListAsync("alice", Cancellation)).Value!.Count);
    }

    [Fact]
    public async Task Create_TenthMadeMeanwhile_IsRefused()
    {
        for (var key = 0; key < 9; key++)
        {
            await _world.CreateAsync("alice");
        }

        _world.Tables["consumers"].BeforeNextWrite = () => _world.CreateAsync("alice");

        Assert.Equal(RefusalReason.TooManyKeys, (await Desk.CreateAsync("alice", new(), Cancellation)).Refusal!.Reason);
    }

    [Fact]
    public async Task Create_RevokedAndExpiredOnes_DoNotCount()
    {
        for (var key = 0; key < 9; key++)
        {
            await _world.CreateAsync("alice", new() { Expires = _world.Time.GetUtcNow().AddMinutes(1) });
        }

        var revoked = await _world.CreateAsync("alice");
        await Desk.RevokeAsync(revoked.Record.Id, Cancellation);
        _world.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotNull((await Desk.CreateAsync("alice", new(), Cancellation)).Value);
    }

    [Fact]
    public async Task Create_VeryManyOverTime_KeepsTheListBounded()
    {
        for (var key = 0; key < 70; key++)
        {
            await Desk.RevokeAsync((await _world.CreateAsync("alice")).Record.Id, Cancellation);
        }

        Assert.Equal(60, (await Desk.ListAsync("alice", Cancellation)).Value!.Count);
        Assert.Equal(60, _world.Tables["keys"].Rows.Count);
    }

    [Fact]
    public async Task Create_ConsumerRemovedMeanwhile_IsRefusedAndLeavesNoRow()
    {
        _world.Tables["consumers"].BeforeNextWrite = () => _world.Consumers.RemoveAsync("alice", Cancellation);

        Assert.Equal(RefusalReason.NoConsumer, (await Desk.CreateAsync("alice", new(), Cancellation)).Refusal!.Reason);
        Assert.Empty(_world.Tables["keys"].Rows);
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("consumers")]
    public async Task Create_AnswerOfAWriteLost_StillMakesOneKey(string table)
    {
        await _world.CreateAsync("alice");
        _world.Tables[table].LosesNextAnswer = true;

        Assert.NotNull((await Desk.CreateAsync("alice", new(), Cancellation)).Value);
        Assert.Equal(2, (await Desk.ListAsync("alice", Cancellation)).Value!.Count);
    }

    [Fact]
    public async Task Rotate_MakesASecondLikeIt_AndEndsTheFirstAfterTheOverlap()
    {
        var expires = _world.Time.GetUtcNow().AddDays(30);
        var old = await _world.CreateAsync("alice", new() { Label = "ci", Scopes = ["a", "b"], Expires = expires, Kind = ApiKeyKind.Test });

        var successor = (await Desk.RotateAsync(old.Record.Id, TimeSpan.FromHours(1), Cancellation)).Value!.Record;

        var ending = await _world.StoredAsync(old.Record.Id);
        Assert.Equal(("ci", "a b", expires, ApiKeyKind.Test), (successor.Label, string.Join(' ', successor.Scopes), successor.Expires, successor.Kind));
        Assert.Equal((_world.Time.GetUtcNow().AddHours(1), successor.Id), (ending.Expires, ending.Successor));
    }

    [Fact]
    public async Task Rotate_OfTenLiveKeys_MakesTheEleventhForTheOverlap()
    {
        var keys = new List<IssuedKey>();
        for (var key = 0; key < 10; key++)
        {
            keys.Add(await _world.CreateAsync("alice"));
        }

        foreach (var key in keys)
        {
            Assert.NotNull((await Desk.RotateAsync(key.Record.Id, KeyDesk.DefaultOverlap, Cancellation)).Value);
            Assert.Equal(RefusalReason.TooManyKeys, (await Desk.CreateAsync("alice", new(), Cancellation)).Refusal!.Reason);
        }

        _world.Time.Advance(KeyDesk.DefaultOverlap);
        Assert.Equal(10, (await Desk.ListAsync("alice", Cancellation)).Value!.Count(key => key.Record.IsLive(_world.Time.GetUtcNow())));
    }

    [Fact]
    public async Task Rotate_AgainAndAgainWithinTheOverlap_NeverMoreThanTwenty()
    {
        var key = await _world.CreateAsync("alice");
        for (var rotation = 0; rotation < 19; rotation++)
        {
            key = (await Desk.RotateAsync(key.Record.Id, KeyDesk.DefaultOverlap, Cancellation)).Value!;
        }

        var refusal = (await Desk.RotateAsync(key.Record.Id, KeyDesk.DefaultOverlap, Cancellation)).Refusal!;

        Assert.Equal(RefusalReason.TooManyKeys, refusal.Reason);
        Assert.Contains("overlap", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(20, _world.Tables["keys"].Rows.Count);
    }

    [Fact]
    public async Task Rotate_KeyThatEndsSooner_KeepsItsEnd()
    {
        var expires = _world.Time.GetUtcNow().AddMinutes(5);
        var old = await _world.CreateAsync("alice", new() { Expires = expires });

        await Desk.RotateAsync(old.Record.Id, KeyDesk.DefaultOverlap, Cancellation);

        Assert.Equal(expires, (await _world.StoredAsync(old.Record.Id)).Expires);
    }

    [Fact]
    public async Task Rotate_TwiceAtOnce_MakesOneSuccessor()
    {
        var old = await _world.CreateAsync("alice");
        var rival = default(Outcome<IssuedKey>);
        var writes = 0;
        _world.Tables["consumers"].BeforeNextWrite = async () =>
        {
            writes++;
            rival = await Desk.RotateAsync(old.Record.Id, TimeSpan.Zero, Cancellation);
        };

        var mine = await Desk.RotateAsync(old.Record.Id, TimeSpan.Zero, Cancellation);

        Assert.Equal(1, writes);
        Assert.NotNull(rival.Value);
        Assert.Equal(RefusalReason.KeyEnded, mine.Refusal!.Reason);
        Assert.Equal([rival.Value.Record.Id], (await Desk.ListAsync("alice", Cancellation)).Value!.Where(key => key.Record.IsLive(_world.Time.GetUtcNow())).Select(key => key.Record.Id));
    }

    [Fact]
    public async Task Rotate_RevokedExpiredOrRotated_IsRefused()
    {
        var revoked = await _world.CreateAsync("alice");
        await Desk.RevokeAsync(revoked.Record.Id, Cancellation);
        var expired = await _world.CreateAsync("alice", new() { Expires = _world.Time.GetUtcNow().AddSeconds(1) });
        var rotated = await _world.CreateAsync("alice");
        await Desk.RotateAsync(rotated.Record.Id, KeyDesk.DefaultOverlap, Cancellation);
        _world.Time.Advance(TimeSpan.FromSeconds(1));

        foreach (var key in (IssuedKey[])[revoked, expired, rotated])
        {
            Assert.Equal(RefusalReason.KeyEnded, (await Desk.RotateAsync(key.Record.Id, KeyDesk.DefaultOverlap, Cancellation)).Refusal!.Reason);
        }
    }

    [Fact]
    public async Task Revoke_WhileItIsRotated_StaysRevoked()
    {
        var old = await _world.CreateAsync("alice");
        _world.Tables["consumers"].BeforeNextWrite = () => Desk.RevokeAsync(old.Record.Id, Cancellation);

        var rotated = await Desk.RotateAsync(old.Record.Id, KeyDesk.DefaultOverlap, Cancellation);

        Assert.Equal(RefusalReason.KeyEnded, rotated.Refusal!.Reason);
        Assert.NotNull((await _world.StoredAsync(old.Record.Id)).Revoked);
        Assert.DoesNotContain((await Desk.ListAllAsync(Cancellation)), key => key.Record.IsLive(_world.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Revoke_Twice_KeepsTheFirstTime()
    {
        var key = await _world.CreateAsync("alice");
        var first = (await Desk.RevokeAsync(key.Record.Id, Cancellation)).Value!.Revoked;
        _world.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(first, (await Desk.RevokeAsync(key.Record.Id, Cancellation)).Value!.Revoked);
    }

    [Fact]
    public async Task Revoke_UnknownId_IsRefused()
    {
        Assert.Equal(RefusalReason.NoKey, (await Desk.RevokeAsync("abcdefghij", Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoKey, (await Desk.RotateAsync("abcdefghij", TimeSpan.Zero, Cancellation)).Refusal!.Reason);
    }

    [Fact]
    public async Task List_ShowsTheDayOfLastUse()
    {
        var used = await _world.CreateAsync("alice");
        await _world.CreateAsync("alice");
        await _world.UseAsync(used.Record.Id, new(2026, 1, 2));

        DateOnly?[] expected = [new(2026, 1, 2), null];
        Assert.Equivalent(expected, (await Desk.ListAsync("alice", Cancellation)).Value!.Select(key => key.LastUsed), strict: true);
        Assert.Equivalent(expected, (await Desk.ListAllAsync(Cancellation)).Select(key => key.LastUsed), strict: true);
    }
}
