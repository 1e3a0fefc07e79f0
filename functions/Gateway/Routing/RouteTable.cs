namespace Gateway.Routing;

/// <summary>
/// Which route takes a request. Of all matches that take the whole request, the best wins: host (exact, wildcard, none), then path by segment
/// from the left (literal, parameter, catch-all), then a named method before any, then more conditions, then priority.
/// </summary>
public sealed class RouteTable
{
    private readonly HostTrees _trees = new();
    private readonly IReadOnlyList<RouteEntry> _entries;

    private RouteTable(IReadOnlyList<EffectiveRoute> routes)
    {
        Routes = routes;
        _entries = [.. routes.SelectMany((route, index) => route.Matches.Select((_, match) => new RouteEntry(route, index, match)))];
        foreach (var entry in _entries)
        {
            _trees.Add(entry);
        }

        Ties = RouteTie.FindAll(_entries);
        Hidden = HiddenMatch.FindAll(_entries);
    }

    /// <summary>The routes that the table was built from.</summary>
    public IReadOnlyList<EffectiveRoute> Routes { get; }

    /// <summary>
    /// Pairs of matches that can take the same request with nothing to decide between them; such a configuration is refused. Conditions that no
    /// single value can meet together (x-ver: 1 and x-ver: 2) decide, and so does everything in the order of the rule. Where that cannot be
    /// proved, it is a tie.
    /// </summary>
    public IReadOnlyList<RouteTie> Ties { get; }

    /// <summary>Matches that no request ever reaches, because another takes all that they take with a higher priority.</summary>
    public IReadOnlyList<HiddenMatch> Hidden { get; }

    /// <summary>Compiles routes. Throws for a path that is no template: the configuration's rules refuse those before.</summary>
    public static RouteTable Build(IReadOnlyList<EffectiveRoute> routes) => new(routes);

    /// <summary>What is wrong with a path template, as a sentence, or null.</summary>
    public static string? FindTemplateProblem(string template) => PathTemplate.TryParse(template, out var problem) is null ? problem : null;

    /// <summary>Every match and how it stands to a request, the winner first, then those that lost, then those that do not take it.</summary>
    public IReadOnlyList<RouteVerdict> Explain(RouteQuestion question) => RouteVerdict.ForAll(_entries, question);

    internal RouteEntry? Find(in RouteQuestion question) => _trees.Find(question);

    /// <summary>The methods with which the request would be taken, HEAD and OPTIONS as they follow from them; empty when no route knows the path.</summary>
    internal IReadOnlyCollection<string> MethodsFor(in RouteQuestion question)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        _trees.GatherMethods(question, methods);
        if (methods.Contains("GET"))
        {
            methods.Add("HEAD");
        }

        if (methods.Count > 0)
        {
            methods.Add("OPTIONS");
        }

        return methods;
    }
}
