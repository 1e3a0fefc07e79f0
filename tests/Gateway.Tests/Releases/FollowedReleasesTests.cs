using System.Text;
using Records.Releases;

namespace Gateway.Tests.Releases;

public sealed class FollowedReleasesTests : IDisposable
{
    private const string Broken = "version: 1\nroutes: { r: { match: GET /, auth: anonymous, forward: nobody } }\n";

    private readonly ReleaseWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Look_WithoutAPointer_LeavesTheFile()
    {
        await _world.LookAsync();
        _world.WriteFile("changed");

        Assert.True(_world.Reloader.Poll());

        Assert.Equal("changed", _world.Serves);
        Assert.Empty(_world.Errors);
    }

    [Fact]
    public async Task Look_AtARelease_TakesItInPlaceOfTheFile()
    {
        var release = _world.Blobs.Apply(ReleaseWorld.Config("one"));

        await _world.LookAsync();

        Assert.Equal(("one", release.Id), (_world.Serves, _world.Snapshot.Release));
        Assert.Equal(_world.Blobs.Now.ToUnixTimeSeconds(), _world.Snapshot.Config.Revision);
    }

    [Fact]
    public async Task Look_AtWhatHasNotChanged_ReadsThePointerOnly()
    {
        var release = _world.Blobs.Apply(ReleaseWorld.Config("one"));
        await _world.LookAsync();
        var before = _world.Snapshot;

        await _world.LookAsync();

        Assert.Same(before, _world.Snapshot);
        Assert.Equal(["current", release.Id, "current"], _world.Blobs.Reads);
    }

    [Fact]
    public async Task Look_AfterTheWayBack_TakesTheReleaseBefore_AsTheNewestSetting()
    {
        var one = _world.Blobs.Apply(ReleaseWorld.Config("one"));
        await _world.LookAsync();
        var first = _world.Snapshot.Config.Revision;
        _world.Blobs.Apply(ReleaseWorld.Config("two"));
        await _world.LookAsync();

        _world.Blobs.Move(one.Hash);
        await _world.LookAsync();

        Assert.Equal("one", _world.Serves);
        Assert.True(_world.Snapshot.Config.Revision > first);
    }

    [Fact]
    public async Task Look_AtAPointerThatWasCleared_TakesTheFileAsTheNewestSetting()
    {
        _world.Blobs.Apply(ReleaseWorld.Config("one"));
        await _world.LookAsync();
        _world.WriteFile("changed");
        Assert.False(_world.Reloader.Poll());

        _world.Blobs.Move(null);
        await _world.LookAsync();

        Assert.Equal(("changed", _world.Blobs.Now.ToUnixTimeSeconds()), (_world.Serves, _world.Snapshot.Config.Revision));
        _world.WriteFile("again");
        Assert.True(_world.Reloader.Poll());
    }

    [Fact]
    public async Task Look_OfANewInstanceAtAPointerThatWasCleared_MakesTheFileAsNewAsThat()
    {
        _world.Blobs.Apply(ReleaseWorld.Config("one"));
        _world.Blobs.Move(null);

        await _world.LookAsync();

        Assert.Equal(("file", _world.Blobs.Now.ToUnixTimeSeconds()), (_world.Serves, _world.Snapshot.Config.Revision));
    }

    [Fact]
    public async Task File_ChangedWhileAReleaseServes_IsSaidOnceAndNotTaken()
    {
        var release = _world.Blobs.Apply(ReleaseWorld.Config("one"));
        await _world.LookAsync();
        Assert.False(_world.Reloader.Poll());
        Assert.DoesNotContain(_world.Lines, line => line.Contains("not taken over", StringComparison.Ordinal));
        _world.WriteFile("changed");

        Assert.False(_world.Reloader.Poll());
        Assert.False(_world.Reloader.Poll());

        Assert.Equal("one", _world.Serves);
        var said = Assert.Single(_world.Lines, line => line.Contains("not taken over", StringComparison.Ordinal));
        Assert.Contains(release.Id, said, StringComparison.Ordinal);
        Assert.Contains("gw releases clear", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_WithMistakes_IsSaidOnceWithItsPlaces_AndTheLastGoodOneStays()
    {
        _world.Blobs.Apply(ReleaseWorld.Config("one"));
        await _world.LookAsync();
        var broken = _world.Blobs.Apply(Broken);

        await _world.LookAsync();
        await _world.LookAsync();

        Assert.Equal("one", _world.Serves);
        Assert.True(_world.IsBroken);
        Assert.Single(_world.Errors, line => line.StartsWith($"release {broken.Id}:2:", StringComparison.Ordinal) && line.Contains("'nobody'", StringComparison.Ordinal));
        Assert.Equal(["loaded", "loaded", "refused"], _world.Reloads.GetMeasurementSnapshot().Select(measured => measured.Tags["outcome"]));
    }

    [Fact]
    public async Task Release_ThatCannotBeCompiled_IsTriedAgain_WithoutReadingItAgain()
    {
        _world.CannotCompile = true;
        var release = _world.Blobs.Apply(ReleaseWorld.Config("one"));
        await _world.LookAsync();
        Assert.Equal("file", _world.Serves);

        _world.CannotCompile = false;
        await _world.LookAsync();

        Assert.Equal("one", _world.Serves);
        Assert.False(_world.IsBroken);
        Assert.Single(_world.Blobs.Reads, release.Id);
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "removed", "not there" },
        { "other", "hash" },
        { "format", "format 2" },
        { "large", "larger" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Release_Damaged_IsSaidOnce_AndTakenWhenItIsMended(string damage, string said)
    {
        _world.Blobs.Apply(ReleaseWorld.Config("one"));
        await _world.LookAsync();
        var text = ReleaseWorld.Config("two");
        var release = _world.Blobs.Apply(text);
        Damage(release.Hash, damage);

        await _world.LookAsync();
        await _world.LookAsync();
        Assert.Equal(("one", true), (_world.Serves, _world.IsBroken));
        Assert.Single(_world.Errors, line => line.Contains($"Release {release.Id} cannot be read", StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal));

        _world.Blobs.Put(release.Hash, Encoding.UTF8.GetBytes(text));
        await _world.LookAsync();
        Assert.Equal(("two", false), (_world.Serves, _world.IsBroken));
    }

    public static TheoryData<string, string> PointerDamages => new()
    {
        { "removed", "gone" },
        { "other", "damaged" },
        { "large", "larger" },
    };

    [Theory]
    [MemberData(nameof(PointerDamages))]
    public async Task Pointer_Damaged_IsSaidOnce_AndWhatServesStays(string damage, string said)
    {
        _world.Blobs.Apply(ReleaseWorld.Config("one"));
        await _world.LookAsync();
        Damage(ReleasePointer.Blob, damage);

        await _world.LookAsync();
        await _world.LookAsync();
        Assert.Equal(("one", true), (_world.Serves, _world.IsBroken));
        Assert.Single(_world.Errors, line => line.Contains("cannot be followed", StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal));

        _world.Blobs.Apply(ReleaseWorld.Config("two"));
        await _world.LookAsync();
        Assert.Equal(("two", false), (_world.Serves, _world.IsBroken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Storage_AwayAndBack_IsSaidOnceEach_AndTheReleaseIsTakenThen(bool pointerAnswers)
    {
        _world.Blobs.Apply(ReleaseWorld.Config("one"));
        await _world.LookAsync();
        var two = _world.Blobs.Apply(ReleaseWorld.Config("two"));
        _world.Blobs.Away = pointerAnswers ? two.Hash : "";

        await _world.LookAsync();
        await _world.LookAsync();
        Assert.Equal(("one", false), (_world.Serves, _world.IsBroken));
        Assert.Single(_world.Errors, line => line.Contains("until storage answers", StringComparison.Ordinal));

        _world.Blobs.Away = null;
        await _world.LookAsync();
        Assert.Equal("two", _world.Serves);
        Assert.Single(_world.Lines, line => line.Contains("can be read again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Release_BrokenForAnInstanceThatHasNoOther_LeavesItsFile_AndTheNextIsTaken()
    {
        _world.Blobs.Apply(Broken);
        await _world.LookAsync();
        Assert.Equal("file", _world.Serves);

        _world.Blobs.Apply(ReleaseWorld.Config("two"));
        await _world.LookAsync();

        Assert.Equal(("two", false), (_world.Serves, _world.IsBroken));
    }

    [Fact]
    public async Task Release_BrokenWhereNothingServesYet_LeavesTheFileItsPlace()
    {
        using var world = new ReleaseWorld(starts: false);
        world.Blobs.Apply(Broken);
        await world.LookAsync();

        Assert.True(world.Reloader.Poll());
        Assert.Equal("file", world.Serves);

        world.WriteFile("changed");
        Assert.False(world.Reloader.Poll());
        world.Blobs.Apply(ReleaseWorld.Config("two"));
        await world.LookAsync();
        Assert.Equal("two", world.Serves);
    }

    private void Damage(string name, string damage)
    {
        switch (damage)
        {
            case "removed":
                _world.Blobs.Remove(name);
                break;
            case "format":
                _world.Blobs.Put(name, Encoding.UTF8.GetBytes(ReleaseWorld.Config("two")), "2");
                break;
            default:
                _world.Blobs.Put(name, damage == "large" ? new byte[Release.MostBytes + 1] : "{"u8.ToArray());
                break;
        }
    }
}
