using Costs.Stand;
using Gateway.Hygiene;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Costs.Steps;

/// <summary>Hygiene, for a browser's fourteen header fields.</summary>
internal static class HygieneSteps
{
    public static IReadOnlyList<Step> All { get; } =
    [
        new("hygiene: checks of 14 header fields", static () => Of(static context => Require(HeaderChecks.Find(context.Request, out _) is null))),
        new("hygiene: target with a query", static () => Of(static context => Require(TargetReader.Read(context) is null))),
        new("hygiene: 14 header fields, none to remove", static () => Removal([])),
        new("hygiene: 16 header fields, two to remove", static () => Removal([("X-Forwarded-For", "203.0.113.9"), ("X-Request-Id", "theirs")])),
    ];

    private static PreparedStep Of(Action<HttpContext> step)
    {
        var reused = new ReusedContext();
        var context = reused.Begin("/orders/17?expand=lines&page=2", Fields.OfABrowser, new GatewayRequest { Id = "1" });
        return new(() => step(context), reused);
    }

    private static PreparedStep Removal((string Name, StringValues Values)[] more)
    {
        var reused = new ReusedContext();
        var context = reused.Begin("/orders/17", Fields.OfABrowser, new GatewayRequest { Id = "1" });
        var removal = new HeaderRemovalMiddleware(static _ => Task.CompletedTask);
        return new(() => Remove(context, removal, more), reused);
    }

    private static void Remove(HttpContext context, HeaderRemovalMiddleware removal, (string Name, StringValues Values)[] more)
    {
        foreach (var (name, values) in more)
        {
            context.Request.Headers[name] = values;
        }

        Completed.Now(removal.InvokeAsync(context));
        Require(context.Request.Headers.Count == Fields.OfABrowser.Length);
    }

    private static void Require(bool isGood)
    {
        if (!isGood)
        {
            throw new InvalidOperationException("An honest request was refused.");
        }
    }
}
