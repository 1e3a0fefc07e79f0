using Costs.Stand;
using Gateway.Authentication;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Costs.Steps;

/// <summary>The check of an API key that is in memory.</summary>
internal static class KeySteps
{
    public static IReadOnlyList<Step> All { get; } = [new("API key in memory, one of 100", Known)];

    private static PreparedStep Known()
    {
        var stand = new GatewayStand();
        var reused = new ReusedContext();
        var context = reused.Begin("/keyed/17", Fields.OfAProgram(), new GatewayRequest { Id = "1" });
        var keys = Credentials.Keys(stand).Select(static key => new StringValues(key)).ToArray();
        var check = stand.Services.GetRequiredService<KeyCheck>();
        var next = 0;
        return new(() => Check(context, check, stand.Config.Keys, keys[next = (next + 1) % keys.Length]), stand, reused);
    }

    private static void Check(HttpContext context, KeyCheck check, KeysConfig config, StringValues key)
    {
        context.Request.Headers["X-Api-Key"] = key;
        if (Completed.Now(check(context, config, null)).Caller is null)
        {
            throw new InvalidOperationException("A good key was refused.");
        }
    }
}
