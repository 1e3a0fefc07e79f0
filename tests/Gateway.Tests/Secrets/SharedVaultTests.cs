using System.Text.Json;
using Azure;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Gateway.Secrets;
using Gateway.Tests.Upstreams;

namespace Gateway.Tests.Secrets;

/// <summary>The real client, over answers that the test makes.</summary>
public sealed class SharedVaultTests : IDisposable
{
    private readonly Answers _answers = new();
    private readonly HttpClient _http;
    private readonly SharedVault _vault;

    public SharedVaultTests()
    {
        _http = new(_answers);
        _vault = new(new SecretClient(new("https://vault.test"), new FakeIdentity(), new() { Transport = new HttpClientTransport(_http), DisableChallengeResourceVerification = true, Retry = { MaxRetries = 0 } }));
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Read_OfASecret_IsItsNewestVersion()
    {
        _answers.Answer = (200, JsonSerializer.Serialize(new { id = "https://vault.test/secrets/a/1", value = "v" }));

        Assert.Equal("v", await _vault.ReadAsync("a", TestContext.Current.CancellationToken));
        Assert.Equal("/secrets/a", _answers.Asked!.AbsolutePath.TrimEnd('/'));
    }

    [Fact]
    public async Task Read_OfWhatIsNotThere_IsNull()
    {
        _answers.Answer = (404, """{"error":{"code":"SecretNotFound"}}""");

        Assert.Null(await _vault.ReadAsync("a", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(403), InlineData(500)]
    public async Task Read_OfAVaultThatRefuses_Throws(int status)
    {
        _answers.Answer = (status, """{"error":{"code":"Forbidden"}}""");

        await Assert.ThrowsAsync<RequestFailedException>(() => _vault.ReadAsync("a", TestContext.Current.CancellationToken));
    }

    private sealed class Answers : HttpMessageHandler
    {
        public (int Status, string Json) Answer { get; set; }

        public Uri? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = request.RequestUri;
            // The client asks without a token first, and learns from the challenge what to get one for.
            HttpResponseMessage answer = request.Headers.Authorization is null
                ? new(System.Net.HttpStatusCode.Unauthorized) { Headers = { { "WWW-Authenticate", "Bearer authorization=\"https://login.test/t\", resource=\"https://vault.azure.net\"" } } }
                : new((System.Net.HttpStatusCode)Answer.Status) { Content = new StringContent(Answer.Json, System.Text.Encoding.UTF8, "application/json") };
            return Task.FromResult(answer);
        }
    }
}
