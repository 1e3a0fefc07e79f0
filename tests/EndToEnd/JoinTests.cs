using System.Net;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>Several front doors on one storage: with --join, on a local host that runs.</summary>
public sealed class JoinTests
{
    private const string Config = """
        version: 1
        issuers:
          local: { authority: "${env:ISSUER_URL}", audiences: [gateway] }
        services:
          backend: "${env:BACKEND_URL}"
        routes:
          all: { match: "/{**path}", auth: [apiKey, local], forward: backend }
        """;

    [Fact]
    public async Task Join_ALocalHostThatRuns_TakesTheSameCredentialsAndLeavesItsFilesAlone()
    {
        await using var backend = await TestBackend.StartAsync(_ => Task.CompletedTask);
        await using var first = await StartAsync(backend.Url);
        var before = await File.ReadAllTextAsync(first.Folder["local/dev.env"], TestContext.Current.CancellationToken);
        await using var joined = await first.JoinAsync();
        var later = await new Management(first.Values["MANAGE_URL"], first.Values["MANAGE_KEY"]).NewKeyAsync();

        Assert.NotEqual(first.Values["GATEWAY_URL"], joined.Values["GATEWAY_URL"]);
        Assert.Single(ProcessTree.Of(joined.Id));
        foreach (var host in new[] { first, joined })
        {
            Assert.Equal(HttpStatusCode.OK, await AskAsync(host, $"X-Api-Key: {first.Values["API_KEY"]}"));
            Assert.Equal(HttpStatusCode.OK, await AskAsync(host, $"X-Api-Key: {later}"));
            Assert.Equal(HttpStatusCode.OK, await AskAsync(host, $"Authorization: Bearer {first.Values["TOKEN"]}"));
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host));
        }

        Assert.Equal(before, await File.ReadAllTextAsync(first.Folder["local/dev.env"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Stop_OfTheJoinedOne_LeavesTheFirstRunning(string signal)
    {
        await using var backend = await TestBackend.StartAsync(_ => Task.CompletedTask);
        await using var first = await StartAsync(backend.Url);
        var processes = ProcessTree.Of(first.Id);
        await using var joined = await first.JoinAsync();

        var exitCode = await joined.StopAsync(signal);

        Assert.Equal(0, exitCode);
        Assert.All(processes, process => Assert.True(ProcessTree.IsAlive(process)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(first, $"X-Api-Key: {first.Values["API_KEY"]}"));
    }

    [Fact]
    public async Task Join_WithTheSamples_ReachesThemWithNoConfigurationOfItsOwn()
    {
        await using var first = await LocalHostProcess.StartAsync();
        await using var joined = await first.JoinAsync("--http2-port", "0");
        using var client = Http.NewClient(joined.Values["GATEWAY_URL"]);

        using var orders = await client.SendAsync("GET", "/orders", $"X-Api-Key: {first.Values["API_KEY"]}");

        Assert.Equal(HttpStatusCode.OK, orders.StatusCode);
        Assert.True(joined.Values.ContainsKey("GATEWAY_HTTP2_URL"));
        Assert.False(first.Values.ContainsKey("GATEWAY_HTTP2_URL"));
    }

    [Fact]
    public async Task Join_WhereNothingRuns_SaysWhatToDoAndMakesNothing()
    {
        using var folder = new TestFolder();

        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(folder, ["--join"]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"No local host runs in {folder["local"]}. Start one first", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["local"]));
    }

    [Fact]
    public async Task Join_AfterTheOtherHasEnded_SaysWhatToDo()
    {
        await using var first = await StartAsync("http://127.0.0.1:1");
        await first.StopAsync();

        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(first.Folder, ["--join"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("No local host runs in", output, StringComparison.Ordinal);
    }

    private static Task<LocalHostProcess> StartAsync(string backend) =>
        LocalHostProcess.StartWithConfigAsync(Config, new Dictionary<string, string> { ["BACKEND_URL"] = backend });

    private static async Task<HttpStatusCode> AskAsync(LocalHostProcess host, params string[] fields)
    {
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        using var response = await client.SendAsync("GET", "/", fields);
        return response.StatusCode;
    }
}
