namespace Gateway.Routing;

/// <summary>Two matches that can take the same request with nothing to decide between them.</summary>
/// <param name="First">Name of one route, the lesser by ordinal comparison.</param>
/// <param name="Second">Name of the other; the same name when two matches of one route tie and name their parameters differently.</param>
/// <param name="Place">The host, methods and path that both take, for the message.</param>
public sealed record RouteTie(string First, string Second, string Place)
{
    internal static IReadOnlyList<RouteTie> FindAll(IEnumerable<RouteEntry> entries)
    {
        var ties = new List<RouteTie>();
        foreach (var place in entries.GroupBy(entry => (Host: entry.Route.Host?.ToLowerInvariant(), entry.Template.Shape)))
        {
            RouteEntry[] rivals = [.. place.Order(Comparer<RouteEntry>.Create(RouteEntry.Compare))];
            for (var i = 0; i < rivals.Length; i++)
            {
                ties.AddRange(rivals.Skip(i + 1).Where(other => Tie(rivals[i], other)).Select(other => Describe(rivals[i], other)));
            }
        }

        return [.. ties.Distinct()];
    }

    private static bool Tie(RouteEntry one, RouteEntry other) =>
        one.Conditions.Count == other.Conditions.Count
        && one.Priority == other.Priority
        && (one.Methods.Count == 0 ? other.Methods.Count == 0 : one.Methods.Intersect(other.Methods).Any())
        && !one.Conditions.Any(condition => other.Conditions.Any(condition.Excludes))
        && !(ReferenceEquals(one.Route, other.Route) && one.Template.Text == other.Template.Text);

    private static RouteTie Describe(RouteEntry one, RouteEntry other)
    {
        var methods = one.Methods.Count == 0 ? "any method" : string.Join(", ", one.Methods.Intersect(other.Methods));
        return new(one.Route.Name, other.Route.Name, $"{methods} {one.Route.Host}{one.Template.Text}");
    }
}
