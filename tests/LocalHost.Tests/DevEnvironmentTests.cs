using Microsoft.Extensions.Logging.Abstractions;

namespace LocalHost.Tests;

public sealed class DevEnvironmentTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dev-env-").FullName;

    [Fact]
    public void Write_ThenEarlier_GivesTheValueBack()
    {
        using var folder = LocalFolder.Open(Path.Combine(_root, "local"), fresh: false);
        var local = new LocalEnvironment(folder, NullLoggerFactory.Instance, TimeProvider.System);
        local.Values["API_KEY"] = "sgw_test_x=y";

        DevEnvironment.Write(local);

        Assert.Equal("sgw_test_x=y", DevEnvironment.Earlier(folder, "API_KEY"));
        Assert.Null(DevEnvironment.Earlier(folder, "API"));
    }

    [Fact]
    public void Read_WithAndWithoutAFile_GivesWhatIsThere()
    {
        using var folder = LocalFolder.Open(Path.Combine(_root, "local"), fresh: false);

        Assert.Empty(DevEnvironment.Read(folder));
        folder.WritePrivate(DevEnvironment.File, "# A=comment\nB=1=2\n\nC=\nB=3\n");

        Assert.Equal(new Dictionary<string, string> { ["B"] = "1=2", ["C"] = "" }, DevEnvironment.Read(folder));
    }

    [Fact]
    public void Lookup_OfAnAddressOfThisRun_HidesTheRealEnvironment()
    {
        using var folder = LocalFolder.Open(Path.Combine(_root, "local"), fresh: false);
        var local = new LocalEnvironment(folder, NullLoggerFactory.Instance, TimeProvider.System);
        local.Values["PATH"] = "ours";

        Assert.Equal("ours", local.Lookup("PATH"));
        Assert.Equal(Environment.GetEnvironmentVariable("HOME"), local.Lookup("HOME"));
        Assert.Null(local.Lookup("SURELY_NOT_SET"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
