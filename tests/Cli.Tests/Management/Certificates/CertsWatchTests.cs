using System.Text.Json;

namespace Cli.Tests.Management.Certificates;

public sealed class CertsWatchTests : ManagementTests
{
    private const string Away = """{"title":"Storage does not answer.","status":503,"detail":"Look before you repeat it."}""";

    public CertsWatchTests() => Operator.Time = new HurryingTime(MeshJson.Start);

    [Fact]
    public async Task Watch_InAPipe_WritesABlockForEachChangeOnly()
    {
        Turns(
            (200, $"{new MeshJson()}"),
            (200, $"{new MeshJson { At = MeshJson.Start.AddSeconds(1), Heartbeat = "2026-11-01T08:00:00Z" }}"), // older, nothing else
            (200, $"{new MeshJson { At = MeshJson.Start.AddSeconds(2), Rotation = MeshJson.Running }}"));

        var run = await Operator.RunAsync("certs", "status", "--watch");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var blocks = run.Out.Split("\n\n");
        Assert.Equal(2, blocks.Length);
        Assert.StartsWith("2026-11-01T08:00:00Z\ncontoso.internal: bundle 12, published 3m 5s ago; 3 of 3 peers act on it\nCERTIFICATE ", blocks[0], StringComparison.Ordinal);
        Assert.StartsWith("2026-11-01T08:00:02Z\ncontoso.internal: bundle 12, published 3m 7s ago;", blocks[1], StringComparison.Ordinal);
        Assert.Contains("AwaitAck, 14s", blocks[1]);
        Assert.DoesNotContain('\e', run.Out);
    }

    [Fact]
    public async Task Watch_AsJson_WritesALineForEachChange()
    {
        Operator.Terminal = true;
        Turns(
            (200, $"{new MeshJson()}"),
            (200, $"{new MeshJson { At = MeshJson.Start.AddSeconds(1) }}"),
            (200, $"{new MeshJson { At = MeshJson.Start.AddSeconds(2), Rotation = MeshJson.Running }}"));

        var run = await Operator.RunAsync("certs", "status", "--watch", "--json");

        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal((0, 2), (run.Code, lines.Count));
        Assert.Equal([MeshJson.Start, MeshJson.Start.AddSeconds(2)], lines.Select(line => line.GetProperty("at").GetDateTimeOffset()));
        Assert.Equal("2026-11-01T07:59:56+00:00", lines[0].GetProperty("peers")[0].GetProperty("heartbeat").GetString());
    }

    [Fact]
    public async Task Watch_InATerminal_DrawsInPlaceWithoutClearing()
    {
        Operator.Terminal = true;
        Turns(
            (200, $"{new MeshJson()}"),
            (200, $"{new MeshJson { At = MeshJson.Start.AddSeconds(1) }}"));

        var run = await Operator.RunAsync("certs", "status", "--watch");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var frames = run.Out.Split("\e[H");
        Assert.Equal("\e[?25l\e[2J", frames[0]);
        Assert.Equal(3, frames.Length);
        Assert.Contains("published 3m 5s ago", frames[1]);
        Assert.Contains("published 3m 6s ago", frames[2]);
        Assert.All(frames.Skip(1), frame => Assert.All(frame.Split("\e[J")[0].Split('\n'), line => Assert.EndsWith("\e[K", line, StringComparison.Ordinal)));
        Assert.EndsWith("\e[K\e[J\n\e[?25h", frames[2], StringComparison.Ordinal);
        Assert.DoesNotContain("\e[2J", frames[1] + frames[2]);
    }

    [Fact]
    public async Task Watch_InATerminalThatIsTooLow_NeverScrolls()
    {
        Operator.Terminal = true;
        Operator.Height = 6;
        Turns((200, $"{new MeshJson()}"));

        var run = await Operator.RunAsync("certs", "status", "--watch");

        var lines = run.Out.Split("\e[H")[1].Split("\e[J")[0].Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("(4 more lines", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_WhoseCallFails_SaysSoOnceAndTriesAgain()
    {
        Turns((503, Away), (200, $"{new MeshJson()}"), (503, Away), (503, Away), (200, $"{new MeshJson { Rotation = MeshJson.Running }}"));

        var run = await Operator.RunAsync("certs", "status", "--watch");

        Assert.Equal(0, run.Code);
        Assert.Equal(2, run.Out.Split("\n\n").Length);
        Assert.Equal(2, run.Error.Split("gw: Storage does not answer").Length - 1);
        Assert.Contains("Trying again.", run.Error);
    }

    [Fact]
    public async Task Watch_InATerminalWhoseCallFails_KeepsWhatItKnows()
    {
        Operator.Terminal = true;
        Turns((200, $"{new MeshJson()}"), (503, Away), (503, Away), (200, $"{new MeshJson()}"));

        var run = await Operator.RunAsync("certs", "status", "--watch");

        var frames = run.Out.Split("\e[H");
        Assert.Contains("3 of 3 peers act on it", frames[3]);
        Assert.Contains("\e[91mStorage does not answer: Look before you repeat it.\e[0m Trying again. What stands above is 2s old.", frames[3]);
        Assert.DoesNotContain("Trying again", frames[4]);
        Assert.Equal((0, ""), (run.Code, run.Error));
    }

    private void Turns(params (int Status, string Answer)[] turns) => Api.SaysInTurn(Operator.Stop, turns);
}
