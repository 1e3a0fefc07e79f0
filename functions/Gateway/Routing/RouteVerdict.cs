namespace Gateway.Routing;

/// <summary>How one match of a route stands to a request, for people.</summary>
/// <param name="Route">Name of the route.</param>
/// <param name="Match">The match: methods, host, path template.</param>
/// <param name="Outcome">Won, lost to another, or does not take the request.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record RouteVerdict(string Route, string Match, RouteOutcome Outcome, string Reason)
{
    internal static IReadOnlyList<RouteVerdict> ForAll(IReadOnlyList<RouteEntry> entries, RouteQuestion question)
    {
        var judged = entries.Select(entry => (Entry: entry, Miss: RouteRanking.FindMiss(entry, question))).ToList();
        var rivals = judged.Where(one => one.Miss is null).Select(one => one.Entry)
            .Order(Comparer<RouteEntry>.Create((one, other) => RouteRanking.Compare(one, other, question.Method).Order)).ToList();
        var misses = judged.Where(one => one.Miss is not null)
            .OrderByDescending(one => one.Miss!.Value.Depth).ThenBy(one => one.Entry.Route.Name, StringComparer.Ordinal);
        return
        [
            .. rivals.Take(1).Select(winner => Of(winner, RouteOutcome.Won, WhyWon(winner, rivals, question.Method))),
            .. rivals.Skip(1).Select(loser => Of(loser, RouteOutcome.Lost, $"{rivals[0].Route.Name} {RouteRanking.Compare(rivals[0], loser, question.Method).Reason}.")),
            .. misses.Select(miss => Of(miss.Entry, RouteOutcome.NoMatch, miss.Miss!.Value.Reason)),
        ];
    }

    private static string WhyWon(RouteEntry winner, List<RouteEntry> rivals, string method) =>
        rivals.Count == 1 ? "The only match that takes the request." : $"It {RouteRanking.Compare(winner, rivals[1], method).Reason}.";

    private static RouteVerdict Of(RouteEntry entry, RouteOutcome outcome, string reason)
    {
        var methods = entry.Methods.Count == 0 ? "ANY" : string.Join(',', entry.Methods);
        var conditions = string.Concat(entry.Conditions.Select(condition => $", {condition}"));
        return new(entry.Route.Name, $"{methods} {entry.Route.Host}{entry.Template.Text}{conditions}", outcome, reason);
    }
}

/// <summary>What became of a match.</summary>
public enum RouteOutcome
{
    /// <summary>This route takes the request.</summary>
    Won,

    /// <summary>It would take the request, but another is more specific.</summary>
    Lost,

    /// <summary>It does not take the request.</summary>
    NoMatch,
}
