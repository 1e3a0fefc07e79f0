namespace Gateway.Routing;

/// <summary>A match that no request ever reaches: another takes all that it takes, with a higher priority.</summary>
/// <param name="Hidden">Name of the route that is never reached by this match.</param>
/// <param name="By">Name of the route that takes its requests.</param>
/// <param name="Place">The host, methods and path, for the message.</param>
public sealed record HiddenMatch(string Hidden, string By, string Place)
{
    internal static IReadOnlyList<HiddenMatch> FindAll(IEnumerable<RouteEntry> entries) =>
    [
        .. from place in entries.GroupBy(entry => (Host: entry.Route.Host?.ToLowerInvariant(), entry.Template.Shape))
           from hidden in place
           let taker = place.FirstOrDefault(other => Hides(other, hidden))
           where taker is not null
           select new HiddenMatch(hidden.Route.Name, taker.Route.Name, $"{(hidden.Methods.Count == 0 ? "ANY" : string.Join(", ", hidden.Methods))} {hidden.Route.Host}{hidden.Template.Text}"),
    ];

    // A method that is named wins over any, and more conditions win over fewer: only equals are decided by priority.
    private static bool Hides(RouteEntry one, RouteEntry other) =>
        one.Priority > other.Priority
        && (other.Methods.Count == 0 ? one.Methods.Count == 0 : other.Methods.All(one.Methods.Contains))
        && one.Conditions.Count == other.Conditions.Count
        && other.Conditions.All(condition => one.Conditions.Any(condition.IsSameAs));
}
