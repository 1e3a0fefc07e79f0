using System.Globalization;
using Costs.Stand;
using Gateway;
using Gateway.Requests;
using Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Costs.Steps;

/// <summary>Routing among few, many and very many routes. A hundred share a first segment; each has a parameter.</summary>
internal static class RoutingSteps
{
    private static readonly GatewayConfig _config = new() { Version = 1 };

    public static IReadOnlyList<Step> All { get; } = [.. new[] { 10, 1_000, 10_000 }.SelectMany(Among)];

    private static IEnumerable<Step> Among(int count)
    {
        var name = $"routing among {count.ToString("N0", CultureInfo.InvariantCulture)}";
        yield return new($"{name}: the first", () => Find(count, PathOf(0), isFound: true));
        yield return new($"{name}: the last", () => Find(count, PathOf(count - 1), isFound: true));
        yield return new($"{name}: none", () => Find(count, "/area-0/nothing/17", isFound: false));
    }

    private static PreparedStep Find(int count, string path, bool isFound)
    {
        var table = RouteTable.Build([.. Enumerable.Range(0, count).Select(number => Route(number))]);
        var routing = new RoutingMiddleware(static _ => Task.CompletedTask, table, static _ => static _ => Task.CompletedTask);
        var request = new GatewayRequest { Id = "1", Host = "api.example", Path = path };
        var reused = new ReusedContext();
        var context = reused.Begin(path, Fields.OfAProgram(), request);
        return new(() => Find(context, routing, request, isFound), reused);
    }

    private static void Find(HttpContext context, RoutingMiddleware routing, GatewayRequest request, bool isFound)
    {
        Completed.Now(routing.InvokeAsync(context));
        if (request.Route is not null != isFound)
        {
            throw new InvalidOperationException("Another route than was meant.");
        }
    }

    private static EffectiveRoute Route(int number) => new()
    {
        Name = $"route-{number}",
        Matches = [new() { Methods = ["GET"], Path = Template(number) + "{id}" }],
        Config = _config,
    };

    private static string PathOf(int number) => Template(number) + "17";

    private static string Template(int number) => $"/area-{number / 100}/thing-{number}/";
}
