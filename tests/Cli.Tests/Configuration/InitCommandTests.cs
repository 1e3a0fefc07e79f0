using Cli.Configuration;

namespace Cli.Tests.Configuration;

public sealed class InitCommandTests : IDisposable
{
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task Init_WritesAFileThatIsValidAndShort()
    {
        var run = await _operator.RunAsync("init");
        var check = await _operator.RunAsync("validate", "gateway.yaml", "--json");

        Assert.Equal(0, run.Code);
        Assert.Contains("scripts/run --config gateway.yaml --no-samples", run.Out);
        Assert.Equal(0, check.Code);
        Assert.Equal(3, check.Json.GetProperty("counts").GetProperty("routes").GetInt32());
        Assert.InRange(File.ReadAllLines(Path.Combine(_operator.Folder, "gateway.yaml")).Length, 1, 10);
    }

    [Theory]
    [InlineData("GET /hello", "hello")]
    [InlineData("GET /inside", "inside")]
    [InlineData("DELETE /backend/a/b", "backend")]
    [InlineData("GET /backend", "backend")]
    public async Task Init_WritesRoutesThatTakeRequests(string request, string route)
    {
        await _operator.RunAsync("init", "mine.yaml");

        var run = await _operator.RunAsync(["routes", "mine.yaml", .. request.Split(' '), "--json"]);

        Assert.Equal(route, run.Json.GetProperty("route").GetString());
    }

    [Fact]
    public async Task Init_OfAFileThatExists_LeavesIt()
    {
        var path = _operator.Write("gateway.yaml", "mine");

        var run = await _operator.RunAsync("init", "--json");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("--force", run.Error);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public async Task Init_WithForce_Overwrites()
    {
        var path = _operator.Write("gateway.yaml", new string('x', 5000));

        var run = await _operator.RunAsync("init", "--force", "--json");

        Assert.Equal("gateway.yaml", run.Json.GetProperty("file").GetString());
        Assert.Equal(InitCommand.Text.ReplaceLineEndings("\n"), File.ReadAllText(path));
    }

    [Theory]
    [InlineData("nowhere/gateway.yaml")]
    [InlineData(".")]
    public async Task Init_WhereNothingCanBeWritten_Fails(string file)
    {
        var run = await _operator.RunAsync("init", file);

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.StartsWith("gw: ", run.Error);
    }
}
