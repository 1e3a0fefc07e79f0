namespace LocalHost.Tests;

public sealed class LocalFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("local-folder-").FullName;

    private string Local => Path.Combine(_root, "local");

    [Fact]
    public void Open_WhereNothingIs_MakesAFolderForItsOwnerOnly()
    {
        using var folder = LocalFolder.Open(Local, fresh: false);

        AssertMode(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Local);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_WhereForeignFilesAre_LeavesThemAlone(bool fresh)
    {
        Directory.CreateDirectory(Local);
        File.WriteAllText(Path.Combine(Local, "thesis.txt"), "years of work");

        var failure = Assert.Throws<StartFailure>(() => LocalFolder.Open(Local, fresh));

        Assert.Contains("--local DIR", failure.Message, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(Local, "thesis.txt")));
    }

    [Fact]
    public void Open_Fresh_EmptiesWhatAnEarlierRunLeft()
    {
        using (var earlier = LocalFolder.Open(Local, fresh: false))
        {
            earlier.WritePrivate("pepper", "old");
            Directory.CreateDirectory(earlier["azurite/deeper"]);
        }

        using var folder = LocalFolder.Open(Local, fresh: true);

        Assert.False(File.Exists(folder["pepper"]));
        Assert.False(Directory.Exists(folder["azurite"]));
    }

    [Fact]
    public void Open_Fresh_DoesNotFollowLinks()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_root, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "kept"), "");
        LocalFolder.Open(Local, fresh: false).Dispose();
        Directory.CreateSymbolicLink(Path.Combine(Local, "link"), outside);

        using var folder = LocalFolder.Open(Local, fresh: true);

        Assert.False(Path.Exists(folder["link"]));
        Assert.True(File.Exists(Path.Combine(outside, "kept")));
    }

    [Fact]
    public void Open_WhileAnotherUsesIt_SaysSo()
    {
        using var first = LocalFolder.Open(Local, fresh: false);

        var failure = Assert.Throws<StartFailure>(() => LocalFolder.Open(Local, fresh: true));

        Assert.Contains("in use by another local host", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_WhileAnotherUsesIt_ReadsWhatIsThere()
    {
        using var first = LocalFolder.Open(Local, fresh: false);
        var secret = first.Secret("pepper", 32);

        using var joined = LocalFolder.Join(Local);
        using var another = LocalFolder.Join(Local);

        Assert.Equal(secret, joined.Secret("pepper", 32));
        Assert.Equal(secret, another.Secret("pepper", 32));
    }

    [Fact]
    public void Join_WhereNothingRuns_SaysSoAndMakesNothing()
    {
        var failure = Assert.Throws<StartFailure>(() => LocalFolder.Join(Local));

        Assert.StartsWith($"No local host runs in {Local}.", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Local));
    }

    [Fact]
    public void Join_AfterTheOtherHasEnded_SaysSo()
    {
        LocalFolder.Open(Local, fresh: false).Dispose();

        Assert.Throws<StartFailure>(() => LocalFolder.Join(Local));
    }

    [Fact]
    public void Open_WhileAFrontDoorIsJoined_NeedsOnlyTheOtherToHaveEnded()
    {
        var first = LocalFolder.Open(Local, fresh: false);
        using var joined = LocalFolder.Join(Local);
        first.Dispose();

        using var next = LocalFolder.Open(Local, fresh: false);

        Assert.Equal(joined.FullPath, next.FullPath);
    }

    [Fact]
    public void Secret_IsMadeOnceAndKept()
    {
        byte[] made;
        using (var first = LocalFolder.Open(Local, fresh: false))
        {
            made = first.Secret("pepper", 32);
        }

        using var second = LocalFolder.Open(Local, fresh: false);

        Assert.Equal(32, made.Length);
        Assert.Equal(made, second.Secret("pepper", 32));
        Assert.NotEqual(made, second.Secret("other", 32));
    }

    [Fact]
    public void Secret_Damaged_SaysWhatToDo()
    {
        using var folder = LocalFolder.Open(Local, fresh: false);
        folder.WritePrivate("pepper", "not base 64!");

        var failure = Assert.Throws<StartFailure>(() => folder.Secret("pepper", 32));

        Assert.Contains("--fresh", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WritePrivate_OverAnOpenFile_ReplacesItForItsOwnerOnly()
    {
        using var folder = LocalFolder.Open(Local, fresh: false);
        File.WriteAllText(folder["dev.env"], "A=1");

        folder.WritePrivate("dev.env", "A=2");

        Assert.Equal("A=2", File.ReadAllText(folder["dev.env"]));
        AssertMode(UnixFileMode.UserRead | UnixFileMode.UserWrite, folder["dev.env"]);
    }

    // Windows has no such modes.
    private static void AssertMode(UnixFileMode mode, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(mode, File.GetUnixFileMode(path));
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
