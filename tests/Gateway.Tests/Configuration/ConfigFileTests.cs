using System.Text;
using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

public class ConfigFileTests
{
    private const string Small = """
        version: 1
        services: { echo: "http://localhost:7083" }
        routes:
          all: { match: "ANY /{**path}", auth: anonymous, forward: echo }
        """;

    [Fact]
    public void Parse_SmallFile_GivesTheConfiguration()
    {
        var config = Yaml.Valid(Small);

        Assert.Equal(["http://localhost:7083"], config.Services["echo"].Urls);
        Assert.Equal("/{**path}", config.Routes["all"].Match.Single().Path);
        Assert.Equal(100, config.Routes["all"].Forward!.To["echo"]);
    }

    [Fact]
    public void Parse_SameText_SameReleaseOfTwelveHexDigits()
    {
        var release = Yaml.Load(Small).Release;

        Assert.Matches("^[0-9a-f]{12}$", release);
        Assert.Equal(release, Yaml.Load(Small).Release);
        Assert.NotEqual(release, Yaml.Load(Small + "\n").Release);
    }

    [Fact]
    public void Load_MissingFile_SaysSo()
    {
        var load = ConfigFile.Load(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), _ => null);

        Assert.Null(load.Config);
        Assert.Contains("does not exist", Assert.Single(load.Errors).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Folder_SaysSo()
    {
        var load = ConfigFile.Load(Path.GetTempPath(), _ => null);

        Assert.Contains("folder", Assert.Single(load.Errors).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    public void Parse_EmptyFile_SaysSo(string text) =>
        Assert.Contains("empty", Assert.Single(Yaml.Load(text).Errors).Problem, StringComparison.Ordinal);

    [Fact]
    public void Load_NotUtf8_NamesTheLine()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes("version: 1\n# caf"), 0xE9, (byte)'\n']);

            var error = Assert.Single(ConfigFile.Load(path, _ => null).Errors);

            Assert.Equal(2, error.Line);
            Assert.Contains("UTF-8", error.Problem, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Parse_ByteOrderMark_IsIgnored() => Yaml.Valid("\uFEFF" + Small);
}
