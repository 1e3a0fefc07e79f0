using Cli.Tests.Management;

namespace Cli.Tests;

public sealed class GwTests : ManagementTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("consumers")]
    [InlineData("consumers nonsense")]
    [InlineData("consumers show")]
    [InlineData("consumers show a b")]
    [InlineData("consumers list --nonsense")]
    [InlineData("keys create acme --expires")]
    public async Task Misuse_Is2AndOneMessage(string line)
    {
        var run = await Operator.RunAsync(line.Split(' '));

        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.StartsWith("gw: ", run.Error);
        Assert.Contains("--help", run.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("keys create --help")]
    [InlineData("--version")]
    public async Task Help_Is0(string line)
    {
        var run = await Operator.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.NotEmpty(run.Out);
    }

    [Fact]
    public async Task Pipe_GetsNoEscapeCodes_TerminalDoes()
    {
        Api.Says(200, $$"""{"consumers":[{{FakeManagementApi.Acme}}]}""");

        var piped = await Operator.RunAsync("consumers", "list");
        Operator.Terminal = true;
        var shown = await Operator.RunAsync("consumers", "list");

        Assert.DoesNotContain('\e', piped.Out + piped.Error);
        Assert.Contains('\e', shown.Out);
    }

    [Fact]
    public async Task Table_OfHostileText_ShowsItHarmlessly()
    {
        Api.Says(200, """{"consumers":[{"name":"[red]x[/]\u001b[2J","groups":[],"suspended":false,"created":"2026-11-01T08:00:00Z"}]}""");

        var piped = await Operator.RunAsync("consumers", "list");
        Operator.Terminal = true;
        var shown = await Operator.RunAsync("consumers", "list");

        Assert.Contains("[red]x[/]\uFFFD[2J", piped.Out);
        Assert.Contains("[red]x[/]\uFFFD[2J", shown.Out);
    }
}
