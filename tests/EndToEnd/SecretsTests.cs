using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using EndToEnd.Harness;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EndToEnd;

/// <summary>Secrets of the local vault, and tokens of the front door's own identity, as services get them.</summary>
public sealed class SecretsTests
{
    private const string Config = """
        version: 1
        services:
          backend: { urls: "${env:BACKEND_URL}", headers: { set: { x-key: "${keyvault:backend-key}" } }, credential: { managedIdentity: "api://backend/.default" } }
        routes:
          all: { match: "/{**path}", auth: anonymous, forward: backend }
        """;

    [Fact]
    public async Task Secret_OfTheLocalVault_ReachesTheService_IsTakenOverWhenItChanges_AndStaysWithoutTheVault()
    {
        await using var backend = await TestBackend.StartAsync(context => context.Response.WriteAsync(context.Request.Headers["x-key"].ToString()));
        await using var first = await StartAsync(backend.Url);
        using (var client = Http.NewClient(first.Values["GATEWAY_URL"]))
        using (var early = await client.SendAsync("GET", "/"))
        {
            await early.ProblemAsync(503, "configuration-unavailable");
        }

        await SetAsync(first, "backend-key", "s3cret-1");
        await BecomesAsync(first, "s3cret-1");
        await using var joined = await first.JoinAsync("--secret-refresh", "00:00:00.2");
        await BecomesAsync(joined, "s3cret-1");
        await SetAsync(first, "backend-key", "s3cret-2");
        await BecomesAsync(first, "s3cret-2");
        await BecomesAsync(joined, "s3cret-2");

        first.Folder.Write("gateway.yaml", Config.Replace("backend-key", "no-such-key", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => joined.Output.Contains("gateway.yaml:3:", StringComparison.Ordinal) && joined.Output.Contains("The vault has no secret 'no-such-key'.", StringComparison.Ordinal), "the log says which secret is lacking, and where");
        Assert.Equal("s3cret-2", await AskAsync(joined));
        first.Folder.Write("gateway.yaml", Config);

        // The vaults go with the local host that was joined.
        await first.StopAsync();
        await Eventually.HoldsAsync(() => joined.Output.Contains("what was read last is used on", StringComparison.Ordinal), "the vault is away");
        Assert.Equal("s3cret-2", await AskAsync(joined));

        await joined.StopAsync();
        Assert.All([first.Output, joined.Output], output => Assert.DoesNotContain("s3cret", output, StringComparison.Ordinal));
        Assert.DoesNotContain(first.Values["SHARED_VAULT_TOKEN"], first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credential_OfTheService_IsATokenOfTheFrontDoor_AndTheClientsIsNotPassedOn()
    {
        await using var backend = await TestBackend.StartAsync(context => context.Response.WriteAsync(context.Request.Headers.Authorization.ToString()));
        await using var host = await StartAsync(backend.Url);
        await SetAsync(host, "backend-key", "any");
        await Eventually.HoldsAsync(async () => (await AskAsync(host)).StartsWith("Bearer ", StringComparison.Ordinal), "the secret is there");

        var sent = await AskAsync(host, $"Authorization: Bearer {host.Values["TOKEN"]}");

        var token = new JsonWebToken(sent["Bearer ".Length..]);
        Assert.Equal(("gateway", "api://backend", host.Values["ISSUER_URL"]), (token.Subject, Assert.Single(token.Audiences), token.Issuer));
        await host.StopAsync();
        Assert.DoesNotContain(sent["Bearer ".Length..], host.Output, StringComparison.Ordinal);
    }

    private static Task<LocalHostProcess> StartAsync(string backend) =>
        LocalHostProcess.StartWithConfigAsync(Config, new Dictionary<string, string> { ["BACKEND_URL"] = backend }, "--secret-refresh", "00:00:00.2");

    // As docs/configuration.md says.
    private static async Task SetAsync(LocalHostProcess host, string name, string value)
    {
        using var pinned = X509CertificateLoader.LoadCertificateFromFile(host.Folder["local/loopback.pem"]);
        using var vault = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetRawCertData().AsSpan().SequenceEqual(pinned.RawData) == true } });
        vault.DefaultRequestHeaders.Authorization = new("Bearer", host.Values["SHARED_VAULT_TOKEN"]);
        using var answer = await vault.PutAsJsonAsync($"{host.Values["SHARED_VAULT_URL"]}/secrets/{name}?api-version=7.6", new { value }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task BecomesAsync(LocalHostProcess host, string value) => Eventually.HoldsAsync(async () => await AskAsync(host) == value, "the service is sent the secret of the vault");

    private static async Task<string> AskAsync(LocalHostProcess host, params string[] fields)
    {
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        using var response = await client.SendAsync("GET", "/", fields);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
