using Gateway.Tests.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Cors;

/// <summary>Preflights through the whole gateway.</summary>
public sealed class PreflightOnTheWireTests
{
    [Fact]
    public async Task Preflight_NeverReachesTheService_NorCountsAgainstAQuota()
    {
        var calls = 0;
        await using var backend = await TestServer.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            return context.Response.WriteAsync("ok");
        });
        await using var gateway = await RunningGateway.StartAsync(
            """
            version: 1
            services: { backend: "${env:BACKEND}" }
            limits: { few: { rate: 2 per 1h by route, mode: local } }
            routes:
              r: { match: GET /r, auth: anonymous, limits: [few], cors: { origins: ["https://app.example"] }, forward: backend }
            """,
            new() { Environment = new Dictionary<string, string> { ["BACKEND"] = backend.Url } });

        for (var preflight = 0; preflight < 5; preflight++)
        {
            var answer = await gateway.AskAsync("OPTIONS /r", ["Origin: https://app.example", "Access-Control-Request-Method: GET"]);
            Assert.Equal((204, "https://app.example"), (answer.Status, answer.Fields["Access-Control-Allow-Origin"]));
            Assert.DoesNotContain("RateLimit", answer.Fields.Keys);
        }

        Assert.Equal(0, calls);
        var first = await gateway.AskAsync("GET /r", ["Origin: https://app.example"]);
        Assert.Equal((200, 1), (first.Status, calls));
        Assert.StartsWith("\"few\";r=1;", first.Fields["RateLimit"], StringComparison.Ordinal);
    }
}
