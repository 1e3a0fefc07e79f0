using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Security.KeyVault.Certificates;
using LocalHost.Vault;
using LocalHost.Vault.Access;
using Mesh.Local;

namespace LocalHost.Tests.Vault;

/// <summary>Who gets in, and what is told to those who do not.</summary>
public sealed class VaultGateTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private static CancellationToken Cancellation => VaultWorld.Cancellation;

    [Fact]
    public async Task NoToken_IsChallenged()
    {
        using var answer = await world.Http(principal: null).GetAsync(new Uri("/secrets/any?api-version=7.6", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var challenge = answer.Headers.WwwAuthenticate.Single();
        Assert.Equal("Bearer", challenge.Scheme);
        Assert.Matches("^authorization=\"https://login\\.microsoftonline\\.com/[0-9a-f-]{36}\", resource=\"https://vault\\.azure\\.net\"$", challenge.Parameter);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("admin.")]
    [InlineData("admin.0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("")]
    public async Task InventedToken_IsRefused(string token)
    {
        using var http = new HttpClient(PinnedHandler.For(LoopbackCertificate.PemOf(world.Folder))) { BaseAddress = world.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        using var answer = await http.GetAsync(new Uri("/secrets/any?api-version=7.6", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task AnotherFolder_HasOtherTokensAndAnotherCertificate()
    {
        var root = Directory.CreateTempSubdirectory("other-vault-").FullName;
        using (var other = LocalFolder.Open(Path.Combine(root, "local"), fresh: false))
        {
            LoopbackCertificate.Load(other, TimeProvider.System).Dispose();
            using var http = new HttpClient(PinnedHandler.For(LoopbackCertificate.PemOf(other))) { BaseAddress = world.Address };

            Assert.Null(new VaultTokens(world.Folder).PrincipalOf(new VaultTokens(other).TokenFor(VaultWorld.Admin)));
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("/secrets?api-version=7.6", UriKind.Relative), Cancellation));
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task RealClient_AnswersTheChallenge()
    {
        var set = await world.Secrets().SetSecretAsync("challenged", "one", Cancellation);

        Assert.Equal("one", set.Value.Value);
    }

    [Fact]
    public async Task NoApiVersion_IsRefused()
    {
        using var answer = await world.Http().GetAsync(new Uri("/secrets", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task ControlPlane_MakesCertificates_AndReadsNoKeys()
    {
        await world.Certificates(VaultWorld.Officer).StartCreateCertificateAsync("split", new("Self", "CN=split"), cancellationToken: Cancellation);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => world.Secrets(VaultWorld.Officer).GetSecretAsync("split", cancellationToken: Cancellation));

        Assert.Equal((403, "Forbidden"), (refused.Status, refused.ErrorCode));
        Assert.NotEmpty((await world.Secrets(VaultWorld.Workload).GetSecretAsync("split", cancellationToken: Cancellation)).Value.Value);
    }

    [Fact]
    public async Task Workload_ReadsSecrets_AndNothingElse()
    {
        var refusals = new[]
        {
            await Assert.ThrowsAsync<RequestFailedException>(() => world.Secrets(VaultWorld.Workload).SetSecretAsync("mine", "one", Cancellation)),
            await Assert.ThrowsAsync<RequestFailedException>(() => world.Certificates(VaultWorld.Workload).StartCreateCertificateAsync("mine", new CertificatePolicy("Self", "CN=mine"), cancellationToken: Cancellation)),
        };

        Assert.All(refusals, refused => Assert.Equal((403, "Forbidden"), (refused.Status, refused.ErrorCode)));
    }

    [Fact]
    public async Task Stranger_GetsTheShapeOfTheRealRefusal()
    {
        var (status, body) = await world.CallAsync(HttpMethod.Get, "/secrets/any", principal: "nobody");

        Assert.Equal(403, status);
        Assert.Equal("Forbidden", (string?)body["error"]!["code"]);
        Assert.Equal("ForbiddenByRbac", (string?)body["error"]!["innererror"]!["code"]);
        Assert.NotEmpty((string)body["error"]!["message"]!);
    }

    [Theory]
    [InlineData("PUT", "/secrets/s", "[1]", 400)]
    [InlineData("PUT", "/secrets/s", "{", 400)]
    [InlineData("PUT", "/secrets/s", "{\"value\":1}", 400)]
    [InlineData("PUT", "/secrets/s", "{}", 400)]
    [InlineData("PUT", "/secrets/under_score", "{\"value\":\"1\"}", 400)]
    [InlineData("POST", "/certificates/c/create", "{}", 400)]
    [InlineData("POST", "/storage/c", "{}", 404)]
    public async Task NonsenseIsRefused(string method, string path, string body, int status)
    {
        using var request = new HttpRequestMessage(new(method), $"{path}?api-version=7.6") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };

        using var answer = await world.Http().SendAsync(request, Cancellation);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotNull((await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["error"]!["code"]);
    }

    [Fact]
    public async Task AnotherCertificate_IsNotTrusted()
    {
        using var http = new HttpClient { BaseAddress = world.Address };

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("/secrets?api-version=7.6", UriKind.Relative), Cancellation));
    }

    [Fact]
    public async Task Vaults_KeepTheirThingsApart()
    {
        await world.Secrets().SetSecretAsync("own", "main's", Cancellation);
        await using var second = await world.StartAsync("second");
        var there = world.As(VaultWorld.Admin).Secrets(second.Address);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => there.GetSecretAsync("own", cancellationToken: Cancellation));

        Assert.Equal(404, refused.Status);
        Assert.Equal(second.Address, world.As(VaultWorld.Admin).AddressOf("second"));
    }

    [Fact]
    public async Task CredentialForAnotherScope_IsRefused()
    {
        var credential = world.As(VaultWorld.Admin).Credential;

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await credential.GetTokenAsync(new(["https://storage.azure.com/.default"]), Cancellation));
    }
}
