using CsCheck;
using Gateway.Hygiene;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Hygiene;

public class HeaderRemovalMiddlewareTests
{
    [Theory]
    [InlineData("Gateway-Consumer")]
    [InlineData("gateway_consumer")]
    [InlineData("GATEWAY-anything")]
    [InlineData("X-Gateway-Admitted")]
    [InlineData("x_gateway_ADMITTED")]
    [InlineData("X-Request-Id")]
    [InlineData("x_request_id")]
    [InlineData("X-Forwarded-For")]
    [InlineData("X_Forwarded-Host")]
    [InlineData("Forwarded")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Real-IP")]
    [InlineData("X-ARR-ClientCert")]
    [InlineData("X-WAWS-Unencoded-URL")]
    [InlineData("x-ms-invocation-id")]
    [InlineData("x-ms-client-principal")]
    [InlineData("X-MS-CLIENT-PRINCIPAL-NAME")]
    [InlineData("CLIENT-IP")]
    [InlineData("DISGUISED-HOST")]
    [InlineData("X-SITE-DEPLOYMENT-ID")]
    [InlineData("Client-Cert")]
    [InlineData("Client-Cert-Chain")]
    [InlineData("Proxy")]
    [InlineData("Proxy-Authorization")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-Content-Length")]
    [InlineData("Content_Length")]
    [InlineData("transfer_encoding")]
    public async Task Invoke_HeaderOfTheGatewayOrPlatform_IsRemoved(string name) => Assert.Empty(await Run(name));

    [Theory]
    [InlineData("Content-Length", "5")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Authorization", "a")]
    [InlineData("X-Api-Key", "a")]
    [InlineData("Host", "a")]
    [InlineData("Gateway", "a")]
    [InlineData("My-Gateway-Consumer", "a")]
    [InlineData("traceparent", "a")]
    [InlineData("x-ms-version", "a")]
    [InlineData("User-Agent", "a")]
    public async Task Invoke_OtherHeader_Stays(string name, string value) => Assert.Equal([name], await Run((name, value)), StringComparer.OrdinalIgnoreCase);

    [Fact]
    public Task Invoke_AnySpellingOfOurHeaders_IsRemoved()
    {
        string[] ours = [GatewayHeaders.Consumer, GatewayHeaders.Plan, GatewayHeaders.Auth, GatewayHeaders.Scopes, GatewayHeaders.Groups, GatewayHeaders.Subject, GatewayHeaders.Admitted, GatewayHeaders.RequestId];
        return Gen.Select(Gen.Int[0, ours.Length - 1], Gen.Bool.Array[64]).SampleAsync(async (index, turns) =>
        {
            var spelled = string.Concat(ours[index].Select((character, at) => turns[at] ? character == '-' ? '_' : char.ToUpperInvariant(character) : char.ToLowerInvariant(character)));
            Assert.Empty(await Run(spelled, ours[index]));
        });
    }

    private static Task<ICollection<string>> Run(params string[] names) => Run([.. names.Select(name => (name, "a"))]);

    private static async Task<ICollection<string>> Run(params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new GatewayRequest { Id = "1" });
        foreach (var (name, value) in headers)
        {
            context.Request.Headers.Append(name, value);
        }

        await new HeaderRemovalMiddleware(_ => Task.CompletedTask).InvokeAsync(context);
        return context.Request.Headers.Keys;
    }
}
