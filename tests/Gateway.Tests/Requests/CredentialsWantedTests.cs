using Gateway.Authentication;
using Gateway.Requests;

namespace Gateway.Tests.Requests;

public sealed class CredentialsWantedTests
{
    [Theory]
    [InlineData("apiKey", "x-api-key", "Send an API key in X-Api-Key.")]
    [InlineData("apiKey", "", "Send an API key in Authorization: ApiKey.")]
    [InlineData("apiKey anonymous", "x-api-key subscription", "Send an API key in X-Api-Key or Subscription.")]
    [InlineData("entra okta", "x-api-key", "Send a token of entra or okta in Authorization: Bearer.")]
    [InlineData("okta apiKey", "x-api-key", "Send an API key in X-Api-Key, or a token of okta in Authorization: Bearer.")]
    [InlineData("anonymous", "x-api-key", "No credential is accepted here.")]
    public void Of_ARoute_NamesItsHeadersAndIssuers(string any, string headers, string expected)
    {
        var issuer = new IssuerConfig { Authority = "https://id.example", Audiences = ["api"] };
        var config = new GatewayConfig
        {
            Version = 1,
            Keys = new() { Headers = headers.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
            Issuers = new Dictionary<string, IssuerConfig> { ["entra"] = issuer, ["okta"] = issuer },
        };

        Assert.Equal(expected, CredentialsWanted.Of(new() { Name = "r", Matches = [], Config = config, Auth = new() { Any = any.Split(' ') } }));
    }
}
