namespace LocalHost.Tests;

public sealed class LocalCommandTests
{
    [Fact]
    public async Task Invoke_WithEveryOption_PassesAllOn()
    {
        LocalOptions? seen = null;

        var code = await InvokeAsync(["--config", "a.yaml", "--port", "8000", "--http2-port", "8001", "--no-samples", "--fresh", "--local", "here", "--free-ports", "--stamp-admissions"], options => seen = options);

        Assert.Equal(0, code);
        Assert.Equal(new LocalOptions { Config = "a.yaml", Port = 8000, Http2Port = 8001, NoSamples = true, Fresh = true, Folder = "here", FreePorts = true, StampAdmissions = true }, seen);
    }

    [Fact]
    public async Task Invoke_WithJoin_PassesItOnBesideWhatIsTheFrontDoorsOwn()
    {
        LocalOptions? seen = null;

        var code = await InvokeAsync(["--join", "--config", "a.yaml", "--port", "8000"], options => seen = options);

        Assert.Equal(0, code);
        Assert.Equal(new LocalOptions { Join = true, Config = "a.yaml", Port = 8000 }, seen);
    }

    [Fact]
    public async Task Invoke_WithoutOptions_PassesTheDefaults()
    {
        LocalOptions? seen = null;

        await InvokeAsync([], options => seen = options);

        Assert.Equal(new LocalOptions(), seen);
    }

    [Theory]
    [InlineData("--prot", "8000")]
    [InlineData("--port", "many")]
    [InlineData("--port", "65536")]
    [InlineData("--http2-port", "-1")]
    [InlineData("stray")]
    [InlineData("--join", "--no-samples")]
    [InlineData("--join", "--fresh")]
    public async Task Invoke_WithAMistake_IsUsageAndStartsNothing(params string[] args)
    {
        var started = false;

        var code = await InvokeAsync(args, _ => started = true);

        Assert.Equal(2, code);
        Assert.False(started);
    }

    private static Task<int> InvokeAsync(string[] args, Action<LocalOptions> action) => LocalCommand.InvokeAsync(args, options =>
    {
        action(options);
        return Task.FromResult(0);
    });
}
