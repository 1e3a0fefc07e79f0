namespace Gateway.Routing;

/// <summary>
/// One segment's place in the tree of one host's templates. The search tries literal, parameter, catch-all at each segment and turns back
/// from dead ends, so that the first whole match is the best. A node is visited once at most: the cost is bounded by the tree, not by the path.
/// </summary>
internal sealed class RouteNode
{
    private readonly Dictionary<string, RouteNode> _literals = new(StringComparer.Ordinal);
    private readonly List<RouteEntry> _ends = [];
    private readonly List<RouteEntry> _catchAlls = [];
    private RouteNode? _parameter;

    public void Add(RouteEntry entry)
    {
        var node = this;
        foreach (var segment in entry.Template.Segments)
        {
            if (segment.Kind == SegmentKind.CatchAll)
            {
                Insert(node._catchAlls, entry);
                return;
            }

            node = segment.Kind == SegmentKind.Parameter ? node._parameter ??= new() : node.Literal(segment.Text);
        }

        Insert(node._ends, entry);
    }

    /// <summary>The best entry that takes the whole request, or null.</summary>
    public RouteEntry? Find(in RouteQuestion question) => Find(question, 1);

    /// <summary>Gathers the methods of entries that would take the request if its method were another.</summary>
    public void GatherMethods(in RouteQuestion question, ISet<string> methods) => GatherMethods(question, 1, methods);

    // position: where the next segment begins; beyond the path's end when none is left.
    private RouteEntry? Find(in RouteQuestion question, int position)
    {
        if (position > question.Path.Length)
        {
            return Best(_ends, question) ?? Best(_catchAlls, question);
        }

        var segment = Segment(question.Path, position);
        var next = position + segment.Length + 1;
        return (_literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out var literal) ? literal.Find(question, next) : null)
            ?? (segment.Length > 0 ? _parameter?.Find(question, next) : null)
            ?? Best(_catchAlls, question);
    }

    private void GatherMethods(in RouteQuestion question, int position, ISet<string> methods)
    {
        Gather(_catchAlls, question, methods);
        if (position > question.Path.Length)
        {
            Gather(_ends, question, methods);
            return;
        }

        var segment = Segment(question.Path, position);
        var next = position + segment.Length + 1;
        if (_literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out var literal))
        {
            literal.GatherMethods(question, next, methods);
        }

        if (segment.Length > 0)
        {
            _parameter?.GatherMethods(question, next, methods);
        }
    }

    private static ReadOnlySpan<char> Segment(string path, int position)
    {
        var rest = path.AsSpan(position);
        var slash = rest.IndexOf('/');
        return slash < 0 ? rest : rest[..slash];
    }

    // The list is in the order of RouteEntry.Compare; only the method's fit depends on the request, and it comes first.
    private static RouteEntry? Best(List<RouteEntry> entries, in RouteQuestion question)
    {
        RouteEntry? best = null;
        var bestFit = MethodFit.None;
        foreach (var entry in entries)
        {
            var fit = entry.Fit(question.Method);
            if (fit < bestFit && entry.FindUnmet(question) is null)
            {
                (best, bestFit) = (entry, fit);
            }
        }

        return best;
    }

    private static void Gather(List<RouteEntry> entries, in RouteQuestion question, ISet<string> methods)
    {
        foreach (var entry in entries)
        {
            if (entry.FindUnmet(question) is null)
            {
                methods.UnionWith(entry.Methods);
            }
        }
    }

    private static void Insert(List<RouteEntry> entries, RouteEntry entry)
    {
        entries.Add(entry);
        entries.Sort(RouteEntry.Compare);
    }

    private RouteNode Literal(string text)
    {
        if (!_literals.TryGetValue(text, out var node))
        {
            _literals[text] = node = new();
        }

        return node;
    }
}
