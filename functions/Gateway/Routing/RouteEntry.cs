namespace Gateway.Routing;

/// <summary>One match of one route, compiled.</summary>
internal sealed class RouteEntry
{
    public RouteEntry(EffectiveRoute route, int routeIndex, int matchIndex)
    {
        var match = route.Matches[matchIndex];
        (Route, RouteIndex, MatchIndex, Methods, Priority) = (route, routeIndex, matchIndex, match.Methods, match.Priority);
        Template = PathTemplate.TryParse(match.Path, out var problem) ?? throw new ArgumentException($"Route {route.Name}: {problem}", nameof(route));
        ReadPathValues = Template.Segments.Any(segment => segment.Kind != SegmentKind.Literal) ? Template.Read : null;
        Conditions =
        [
            .. match.Headers.Select(header => new RouteCondition(true, header.Key, header.Value)),
            .. match.Query.Select(query => new RouteCondition(false, query.Key, query.Value)),
        ];
    }

    public EffectiveRoute Route { get; }

    /// <summary>Place of the route in the list that the table was built from.</summary>
    public int RouteIndex { get; }

    public int MatchIndex { get; }

    public PathTemplate Template { get; }

    /// <summary>Reads the parameters of a path; null: there are none.</summary>
    public Func<string, IReadOnlyDictionary<string, string>>? ReadPathValues { get; }

    /// <summary>Empty: any.</summary>
    public IReadOnlyList<string> Methods { get; }

    public IReadOnlyList<RouteCondition> Conditions { get; }

    public int Priority { get; }

    /// <summary>The first condition that a request does not meet, or null.</summary>
    public RouteCondition? FindUnmet(in RouteQuestion question)
    {
        for (var i = 0; i < Conditions.Count; i++)
        {
            if (!question.Meets(Conditions[i]))
            {
                return Conditions[i];
            }
        }

        return null;
    }

    /// <summary>How well the method fits: by its name; GET for HEAD; any method; not at all.</summary>
    public MethodFit Fit(string method)
    {
        var fit = Methods.Count == 0 ? MethodFit.Any : MethodFit.None;
        for (var i = 0; i < Methods.Count; i++)
        {
            if (Methods[i] == method)
            {
                return MethodFit.Named;
            }

            fit = Methods[i] == "GET" && method == "HEAD" ? MethodFit.GetForHead : fit;
        }

        return fit;
    }

    /// <summary>The order within one host and path that does not depend on the request: conditions, priority, then the name, so that the file's order never counts.</summary>
    public static int Compare(RouteEntry one, RouteEntry other)
    {
        var order = other.Conditions.Count.CompareTo(one.Conditions.Count);
        order = order != 0 ? order : other.Priority.CompareTo(one.Priority);
        order = order != 0 ? order : string.CompareOrdinal(one.Route.Name, other.Route.Name);
        return order != 0 ? order : one.MatchIndex.CompareTo(other.MatchIndex);
    }
}

/// <summary>How a match takes a method, the best first.</summary>
internal enum MethodFit
{
    Named,
    GetForHead,
    Any,
    None,
}
