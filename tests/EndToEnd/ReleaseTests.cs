using System.Globalization;
using System.Text.RegularExpressions;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>Releases: an operator with gw, two front doors that follow, storage that goes away and comes back.</summary>
public sealed partial class ReleaseTests
{
    private static readonly string[] Often = ["--release-period", "00:00:00.2"];

    [Fact]
    public async Task Release_AppliedBrokenRolledBackAndCleared_IsFollowedByEveryInstance()
    {
        await using var first = await LocalHostProcess.StartWithConfigAsync(Config("file"), null, Often);
        await using var joined = await first.JoinAsync(Often);
        var gw = new Gw(first);
        await ServeAsync("file", first, joined);

        await gw.DoAsync("apply", Write(first, "one"), "--note", "the first");
        await ServeAsync("one", first, joined);
        first.Folder.Write("gateway.yaml", Config("changed"));
        await Eventually.HoldsAsync(() => first.Output.Contains("is not taken over", StringComparison.Ordinal), "the change of the file is said not to count");

        first.Folder.Write("broken.yaml", Config("broken").Replace("auth: anonymous", "auht: anonymous", StringComparison.Ordinal));
        var (code, output) = await gw.RunAsync("apply", "broken.yaml");
        Assert.Equal(1, code);
        Assert.Matches(@"broken\.yaml:3:\d+: error: 'auht' is not a field here\.", output);

        // Right where gw runs, and wrong where the instances do.
        gw.Environment["ONLY_FOR_GW"] = "unset";
        var unset = IdOf(await gw.DoAsync("apply", Write(first, "${env:ONLY_FOR_GW}")));
        foreach (var host in new[] { first, joined })
        {
            await Eventually.HoldsAsync(() => MistakeOf(unset).IsMatch(host.Output), $"the mistake is in the log at its place: {host.Output}");
        }

        await ServeAsync("one", first, joined);
        await gw.DoAsync("rollback");

        var azurite = first.AzuriteId;
        await ProcessTree.SignalAsync(azurite, "TERM");
        await Eventually.HoldsAsync(() => !ProcessTree.IsAlive(azurite), "Azurite has ended");
        foreach (var host in new[] { first, joined })
        {
            await Eventually.HoldsAsync(() => host.Output.Contains("Releases cannot be read", StringComparison.Ordinal), "the loss of storage is said");
        }

        await ServeAsync("one", first, joined);
        using var again = first.StartAzurite();
        try
        {
            await Eventually.HoldsAsync(async () => (await gw.RunAsync("apply", Write(first, "two"))).Code == 0, "a release can be applied again");
            await ServeAsync("two", first, joined);

            Assert.Contains("serves again, in place of release", await gw.DoAsync("rollback", "--note", "was better"), StringComparison.Ordinal);
            await ServeAsync("one", first, joined);

            await gw.DoAsync("releases", "clear", "--yes");
            await ServeAsync("changed", first, joined);
            Assert.Matches(@"(?m)^[0-9a-f]{12}  previous  .* was better$", await gw.DoAsync("releases"));
        }
        finally
        {
            again.Kill();
            await again.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static string Write(LocalHostProcess host, string text)
    {
        host.Folder.Write("candidate.yaml", Config(text));
        return "candidate.yaml";
    }

    private static string Config(string text) => $$"""
        version: 1
        routes:
          which: { match: GET /which, auth: anonymous, respond: { text: "{{text}}" } }
        """;

    private static async Task ServeAsync(string text, params IEnumerable<LocalHostProcess> hosts)
    {
        foreach (var host in hosts)
        {
            using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
            await Eventually.HoldsAsync(
                async () => await client.GetStringAsync("/which", TestContext.Current.CancellationToken) == text, $"{host.Values["GATEWAY_URL"]} serves {text}");
        }
    }

    private static string IdOf(string output) => Applied().Match(output).Groups[1].Value;

    private static Regex MistakeOf(string release) => new(string.Create(CultureInfo.InvariantCulture, $@"release {release}:3:\d+: .*ONLY_FOR_GW"));

    [GeneratedRegex("is release ([0-9a-f]{12})")]
    private static partial Regex Applied();
}
