using ControlPlane.Releases;
using Microsoft.Extensions.Time.Testing;
using Records.Releases;
using Tests.Shared;

namespace ControlPlane.Tests.Releases;

public sealed class ReleaseDeskTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly MemoryReleases _store;
    private readonly ReleaseDesk _desk;

    public ReleaseDeskTests()
    {
        _store = new(_time);
        _desk = new(_store, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_Twice_IsOneRelease()
    {
        var first = (await _desk.AddAsync("version: 1\n", Cancellation)).Value!;
        var second = (await _desk.AddAsync("version: 1\n", Cancellation)).Value!;

        Assert.Equal((true, false), (first.IsNew, second.IsNew));
        Assert.Equal(first.Release, second.Release);
        Assert.Equal((Release.Of("version: 1\n").Id, 11, false), (first.Release.Id, first.Release.Size, first.Release.Current));
    }

    public static TheoryData<string?> Texts => [(string?)null, "", new string('x', Release.MostBytes + 1), new string('ä', (Release.MostBytes / 2) + 1), "half \ud83d"];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Add_OfWhatIsNoText_IsRefused(string? text) =>
        Assert.Equal(RefusalReason.Invalid, (await _desk.AddAsync(text, Cancellation)).Refusal!.Reason);

    [Fact]
    public async Task Add_OfTheLongestText_IsTaken() =>
        Assert.Equal(Release.MostBytes, (await _desk.AddAsync(new('ä', Release.MostBytes / 2), Cancellation)).Value!.Release.Size);

    [Fact]
    public async Task Activate_MovesThePointer_AndRemembersWhoAndWhy()
    {
        var (one, two) = (await AddAsync("one"), await AddAsync("two"));
        await ActivateAsync(one);
        _time.Advance(TimeSpan.FromMinutes(1));

        var moved = (await _desk.ActivateAsync(two, new(one), "me", "better", Cancellation)).Value!;

        Assert.Equal(new(two, one, true, _time.GetUtcNow(), "me", "better"), moved);
        var list = (await _desk.ListAsync(50, Cancellation)).Value!;
        Assert.Equal((two, one), (list.Current!.Release, list.Previous));
        Assert.Equal([(two, true, "better"), (one, false, null)], list.Releases.Select(release => (release.Id, release.Current, release.Note)));
        Assert.Equal([two, one], list.Moves.Select(move => move.Release));
    }

    [Fact]
    public async Task Activate_OfTheCurrentOne_ChangesNothing_WhateverIsExpected()
    {
        var one = await AddAsync("one");
        await ActivateAsync(one);

        var again = (await _desk.ActivateAsync(one, new(null), "other", "again", Cancellation)).Value!;

        Assert.Equal((one, one, false, "me"), (again.Release, again.Replaced, again.Changed, again.By));
        Assert.Single(_store.Pointer!.Moves);
    }

    [Fact]
    public async Task Activate_ByTwoAtOnce_TellsTheSecondWhoWasQuicker()
    {
        var (one, two, three) = (await AddAsync("one"), await AddAsync("two"), await AddAsync("three"));
        await ActivateAsync(one);
        _store.BeforeNextMove = async () => await _desk.ActivateAsync(two, new(one), "the other", "quick fix", Cancellation);

        var (_, refusal) = await _desk.ActivateAsync(three, new(one), "me", null, Cancellation);

        Assert.Equal(RefusalReason.ReleaseMoved, refusal!.Reason);
        Assert.StartsWith($"The current release is {two} since 2026-01-01T00:00:01Z, by the other (quick fix), and not {one}", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(2, _store.Pointer!.Moves.Count);
    }

    [Fact]
    public async Task Activate_ByTwoAtOnce_WithoutAnExpectation_DoesBoth()
    {
        var (one, two) = (await AddAsync("one"), await AddAsync("two"));
        _store.BeforeNextMove = () => ActivateAsync(one);

        var moved = (await _desk.ActivateAsync(two, null, "me", null, Cancellation)).Value!;

        Assert.Equal((two, one), (moved.Release, moved.Replaced));
    }

    [Fact]
    public async Task Activate_WhereNoneIsExpected_IsRefusedOnceThereIsOne()
    {
        var (one, two) = (await AddAsync("one"), await AddAsync("two"));

        Assert.NotNull((await _desk.ActivateAsync(one, new(null), "me", null, Cancellation)).Value);
        Assert.Contains("not none", (await _desk.ActivateAsync(two, new(null), "me", null, Cancellation)).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moves_InTheSameSecondOrWithClocksThatGoBack_GetLaterAndLater()
    {
        var (one, two) = (await AddAsync("one"), await AddAsync("two"));
        var ahead = new ReleaseDesk(_store, new FakeTimeProvider(_time.GetUtcNow().AddMinutes(1)));
        await ahead.ActivateAsync(one, null, "me", null, Cancellation);

        await ActivateAsync(two);
        await _desk.ClearAsync(null, "me", Cancellation);

        Assert.Equal([62, 61, 60], _store.Pointer!.Moves.Select(move => (move.At - _time.GetUtcNow()).TotalSeconds));
    }

    [Fact]
    public async Task Clear_LeavesAPointerThatSaysSo_AndTheWayBack()
    {
        var one = await AddAsync("one");
        await ActivateAsync(one);

        var cleared = (await _desk.ClearAsync(new(one), "me", Cancellation)).Value!;

        Assert.Equal((null, one, true), (cleared.Release, cleared.Replaced, cleared.Changed));
        Assert.Equal(one, (await _desk.ListAsync(50, Cancellation)).Value!.Previous);
        Assert.Equal(RefusalReason.NoRelease, (await _desk.ClearAsync(null, "me", Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.ReleaseMoved, (await _desk.ActivateAsync(one, new(one), "me", null, Cancellation)).Refusal!.Reason);
        Assert.Equal((one, null), ((await _desk.ActivateAsync(one, new(null), "me", null, Cancellation)).Value!.Release, cleared.Release));
    }

    [Theory]
    [InlineData("current")]
    [InlineData("000000000000")]
    [InlineData("../x")]
    [InlineData("")]
    public async Task FindAndActivate_OfNoRelease_AreRefused(string id)
    {
        await AddAsync("one");

        Assert.Equal(RefusalReason.NoRelease, (await _desk.FindAsync(id, Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoRelease, (await _desk.ActivateAsync(id, null, "me", null, Cancellation)).Refusal!.Reason);
        Assert.Null(_store.Pointer);
    }

    [Fact]
    public async Task Find_ByIdOrMoreOfTheHash_GivesTheText()
    {
        var hash = Release.Of("one").Hash;
        await AddAsync("one");

        Assert.Equal("one", (await _desk.FindAsync(hash[..12], Cancellation)).Value!.Text);
        Assert.Equal("one", (await _desk.FindAsync(hash, Cancellation)).Value!.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    public async Task Activate_WithANoteThatIsNone_IsRefused(string note)
    {
        var one = await AddAsync("one");

        Assert.Equal(RefusalReason.Invalid, (await _desk.ActivateAsync(one, null, "me", note, Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.Invalid, (await _desk.ActivateAsync(one, null, "me", new('x', 201), Cancellation)).Refusal!.Reason);
    }

    [Fact]
    public async Task List_ShowsTheCurrentOneFirst_ThenTheLatest()
    {
        var one = await AddAsync("one");
        await ActivateAsync(one);
        _time.Advance(TimeSpan.FromMinutes(1));
        var two = await AddAsync("two");
        _time.Advance(TimeSpan.FromMinutes(1));
        var three = await AddAsync("three");

        var list = (await _desk.ListAsync(2, Cancellation)).Value!;

        Assert.Equal([one, three], list.Releases.Select(release => release.Id));
        Assert.NotEqual(two, three);
    }

    [Fact]
    public async Task Anything_WithoutBlobStorage_IsRefused()
    {
        var desk = new ReleaseDesk(null, _time);

        Assert.Equal(RefusalReason.NoReleases, (await desk.AddAsync("one", Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoReleases, (await desk.ListAsync(1, Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoReleases, (await desk.FindAsync("0", Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoReleases, (await desk.ActivateAsync("0", null, "me", null, Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoReleases, (await desk.ClearAsync(null, "me", Cancellation)).Refusal!.Reason);
    }

    private async Task<string> AddAsync(string text) => (await _desk.AddAsync(text, Cancellation)).Value!.Release.Id;

    private async Task ActivateAsync(string id) => Assert.NotNull((await _desk.ActivateAsync(id, null, "me", null, Cancellation)).Value);
}
