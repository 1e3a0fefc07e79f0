using Costs.Stand;
using Gateway.Authentication;
using Gateway.Requests;
using Gateway.Tests.Authentication.Jwt;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Costs.Steps;

/// <summary>The whole stage of authentication, where what it asks for is in memory.</summary>
internal static class AuthenticationSteps
{
    public static IReadOnlyList<Step> All { get; } =
    [
        new("authentication: the whole stage, anonymous", static () => Stage("open", static _ => [])),
        new("authentication: the whole stage, API key", static () => Stage("keyed", static stand => [("X-Api-Key", Credentials.Keys(stand)[0])])),
        new("authentication: the whole stage, token remembered", static () => Stage("signed", static stand => [("Authorization", "Bearer " + Credentials.Tokens(stand, TestKey.Rsa, "RS256")[0])])),
    ];

    private static PreparedStep Stage(string route, Func<GatewayStand, (string Name, StringValues Values)[]> credential)
    {
        var stand = new GatewayStand();
        var reused = new ReusedContext();
        var isReached = false;
        var stage = stand.Services.GetRequiredService<AuthenticationStage>().Compile(stand.Route(route), _ => Reach(ref isReached));
        var request = new GatewayRequest { Id = "1" };
        var fields = Fields.OfAProgram(credential(stand));
        return new(() => Authenticate(stage, reused.Begin($"/{route}/17", fields, request), ref isReached), stand, reused);
    }

    private static Task Reach(ref bool isReached)
    {
        isReached = true;
        return Task.CompletedTask;
    }

    private static void Authenticate(RequestDelegate stage, HttpContext context, ref bool isReached)
    {
        isReached = false;
        Completed.Now(stage(context));
        if (!isReached)
        {
            throw new InvalidOperationException("A good credential was refused.");
        }
    }
}
