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
    [InlineData("consumer list", "gw: gw has no command 'consumer'.", "Did you mean 'consumers'? See gw --help")]
    [InlineData("keys lst", "gw: gw keys has no command 'lst'.", "Did you mean 'list'? See gw keys --help")]
    [InlineData("keys list --jsn", "gw: gw keys list has no option '--jsn'.", "Did you mean '--json'? See gw keys list --help")]
    [InlineData("keys list a b", "gw: 'b' is too much for gw keys list.", "See gw keys list --help")]
    public async Task Misspelling_IsGuessed(string line, string problem, string mend)
    {
        var run = await Operator.RunAsync(line.Split(' '));

        Assert.Equal((2, problem, mend), (run.Code, run.Error.Split('\n')[0].Trim(), run.Error.Split('\n')[1].Trim()));
    }

    [Theory]
    [InlineData("consumers remove --ys", 2)]
    [InlineData("consumers remove --yes -- --ys", 0)]
    public async Task NameThatLooksLikeAnOption_HasToBeMeant(string line, int code)
    {
        Api.Says(204, "");

        var run = await Operator.RunAsync(line.Split(' '));

        Assert.Equal((code, code == 0 ? 1 : 0), (run.Code, Api.Calls.Count));
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
