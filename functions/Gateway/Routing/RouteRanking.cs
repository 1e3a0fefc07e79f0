namespace Gateway.Routing;

/// <summary>The rule "which route wins" one match at a time, with reasons: slow and plain, for explanations. The trees decide requests.</summary>
internal static class RouteRanking
{
    /// <summary>Why a match does not take a request, and how far it got (a larger depth is a nearer miss); null when it takes it.</summary>
    public static (int Depth, string Reason)? FindMiss(RouteEntry entry, RouteQuestion question)
    {
        if (!TakesHost(entry.Route.Host, question.HostName))
        {
            return (0, $"The host is not {entry.Route.Host}.");
        }

        var segment = FindPathMiss(entry.Template, question.Path);
        if (segment is not null)
        {
            return (1, segment);
        }

        if (entry.Fit(question.Method) == MethodFit.None)
        {
            return (2, $"The method is not {string.Join(" or ", entry.Methods)}.");
        }

        return entry.FindUnmet(question) is { } condition ? (3, $"The condition does not hold: {condition}.") : null;
    }

    /// <summary>Which of two matches that take a request comes first (negative: the one), and why the first does.</summary>
    public static (int Order, string Reason) Compare(RouteEntry one, RouteEntry other, string method)
    {
        var order = HostRank(one).CompareTo(HostRank(other));
        if (order != 0)
        {
            return (order, "names the host more exactly");
        }

        order = ComparePaths(one.Template.Segments, other.Template.Segments);
        if (order != 0)
        {
            return (order, "has the more specific path");
        }

        order = one.Fit(method).CompareTo(other.Fit(method));
        if (order != 0)
        {
            return (order, "names the method");
        }

        var reason = one.Conditions.Count != other.Conditions.Count ? "has more conditions"
            : one.Priority != other.Priority ? "has the higher priority"
            : "comes first by name, which only decides when a request sends conflicting values";
        return (RouteEntry.Compare(one, other), reason);
    }

    private static int HostRank(RouteEntry entry) => entry.Route.Host switch { null => 2, ['*', ..] => 1, _ => 0 };

    private static bool TakesHost(string? pattern, ReadOnlySpan<char> host) => pattern switch
    {
        null => true,
        ['*', '.', ..] => host.IndexOf('.') is > 0 and var dot && host[(dot + 1)..].Equals(pattern.AsSpan(2), StringComparison.OrdinalIgnoreCase),
        _ => host.Equals(pattern, StringComparison.OrdinalIgnoreCase),
    };

    private static string? FindPathMiss(PathTemplate template, string path)
    {
        var segments = path[1..].Split('/');
        for (var i = 0; i < template.Segments.Count; i++)
        {
            var (kind, text) = template.Segments[i];
            if (kind == SegmentKind.CatchAll)
            {
                return null;
            }

            if (i >= segments.Length)
            {
                return "The path is too short.";
            }

            if (kind == SegmentKind.Literal ? segments[i] != text : segments[i].Length == 0)
            {
                return kind == SegmentKind.Literal ? $"Segment {i + 1} of the path is not \"{text}\"." : $"Segment {i + 1} of the path is empty.";
            }
        }

        return segments.Length > template.Segments.Count ? "The path is too long." : null;
    }

    private static int ComparePaths(IReadOnlyList<TemplateSegment> one, IReadOnlyList<TemplateSegment> other)
    {
        for (var i = 0; i < Math.Max(one.Count, other.Count); i++)
        {
            // Both take the same path, so that only a catch-all can follow where the other ends.
            var order = (i < one.Count ? one[i].Kind : SegmentKind.Literal).CompareTo(i < other.Count ? other[i].Kind : SegmentKind.Literal);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
