using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>What keeps the local host from starting: one clear message, an exit code that says so, and nothing left running.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private const string Minimal = """
        version: 1
        routes:
          ping: { match: GET /ping, auth: anonymous, respond: { text: pong } }
        """;

    [Fact]
    public async Task Start_OnABusyPort_NamesItAndWhatToDo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(_folder, ["--free-ports", "--port", port]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"Port {port} (front door) is in use", output, StringComparison.Ordinal);
        Assert.Contains("--port N", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ASecondTimeInTheSameFolder_NamesThePort()
    {
        await using var first = await LocalHostProcess.StartWithConfigAsync(Minimal);
        var port = new Uri(first.Values["GATEWAY_URL"]).Port.ToString(CultureInfo.InvariantCulture);

        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(first.Folder, ["--free-ports", "--fresh", "--port", port]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"Port {port} (front door) is in use", output, StringComparison.Ordinal);
        Assert.True(ProcessTree.IsAlive(first.Id));
    }

    [Fact]
    public async Task Start_WithoutNode_SaysWhatIsMissing()
    {
        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(_folder, ["--free-ports"], new Dictionary<string, string> { ["PATH"] = _folder.FullPath });

        Assert.Equal(1, exitCode);
        Assert.Contains("Node.js was not found", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithASettingOfExportersThatIsWrong_NamesItAndWhatToDo()
    {
        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(
            _folder, ["--free-ports"], new Dictionary<string, string> { ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=none" });

        Assert.Equal(1, exitCode);
        Assert.Contains("APPLICATIONINSIGHTS_CONNECTION_STRING: Its InstrumentationKey is not a GUID. Copy", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithABrokenConfiguration_ListsEveryMistakeWithItsPlace()
    {
        var config = _folder.Write("broken.yaml", """
            version: 1
            routes:
              one: { match: GET /one, auth: anonymous, forward: nowhere }
              two: { match: GET /two, respond: { status: 200 } }
              three: { match: GET /three, auth: anonymous, respnd: {} }
            """);

        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(_folder, ["--free-ports", "--config", config]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{config}:3:", output, StringComparison.Ordinal);
        Assert.Contains($"{config}:4:", output, StringComparison.Ordinal);
        Assert.Contains($"{config}:5:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutTheConfiguration_NamesTheFile()
    {
        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(_folder, ["--free-ports", "--config", _folder["none.yaml"]]);

        Assert.Equal(1, exitCode);
        Assert.Contains("none.yaml", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAnUnknownOption_IsUsage()
    {
        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(_folder, ["--prot", "7071"]);

        Assert.Equal(2, exitCode);
        Assert.Contains("--prot", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_InAFolderOfSomebodyElse_LeavesItAlone()
    {
        Directory.CreateDirectory(_folder["local"]);
        File.WriteAllText(_folder["local/thesis.txt"], "years of work");

        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(_folder, ["--free-ports", "--fresh"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("--local DIR", output, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(_folder["local/thesis.txt"]));
    }

    [Fact]
    public async Task Start_Again_KeepsKeysAndData_AndFreshDoesNot()
    {
        var config = _folder.Write("gateway.yaml", Minimal);
        string[] options = ["--config", config, "--no-samples"];
        var first = await RunAsync(options);
        var second = await RunAsync(options);
        var fresh = await RunAsync([.. options, "--fresh"]);

        Assert.Equal(first["API_KEY"], second["API_KEY"]);
        Assert.Equal(first["MANAGE_KEY"], second["MANAGE_KEY"]);
        Assert.NotEqual(first["API_KEY"], fresh["API_KEY"]);
        Assert.NotEqual(first["MANAGE_KEY"], fresh["MANAGE_KEY"]);
    }

    [Fact]
    public async Task Start_WithAConfigurationAndNoSamples_KeyAndTokenWork()
    {
        await using var backend = await TestBackend.StartAsync(_ => Task.CompletedTask);
        await using var host = await LocalHostProcess.StartWithConfigAsync("""
            version: 1
            issuers:
              local: { authority: "${env:ISSUER_URL}", audiences: [gateway] }
            services:
              backend: "${env:BACKEND_URL}"
            routes:
              all: { match: "/{**path}", auth: [apiKey, local], forward: backend }
            """, new Dictionary<string, string> { ["BACKEND_URL"] = backend.Url });
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);

        using var byKey = await client.SendAsync("GET", "/", $"X-Api-Key: {host.Values["API_KEY"]}");
        using var byToken = await client.SendAsync("GET", "/", $"Authorization: Bearer {host.Values["TOKEN"]}");
        using var byNone = await client.SendAsync("GET", "/");

        Assert.Equal(HttpStatusCode.OK, byKey.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byToken.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, byNone.StatusCode);
        Assert.False(host.Values.ContainsKey("ORDERS_URL"));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<IReadOnlyDictionary<string, string>> RunAsync(IReadOnlyList<string> options)
    {
        await using var host = await LocalHostProcess.StartAsync(_folder, options, null, keepFolder: true);
        return host.Values;
    }
}
