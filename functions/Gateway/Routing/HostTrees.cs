using System.Diagnostics.CodeAnalysis;

namespace Gateway.Routing;

/// <summary>The trees of templates by host: exact names, "*.suffix" for exactly one label more, and those for any host.</summary>
internal sealed class HostTrees
{
    private readonly Dictionary<string, RouteNode> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RouteNode> _wildcards = new(StringComparer.OrdinalIgnoreCase);
    private readonly RouteNode _any = new();

    public void Add(RouteEntry entry)
    {
        var host = entry.Route.Host;
        var node = host is null ? _any
            : host.StartsWith("*.", StringComparison.Ordinal) ? Tree(_wildcards, host[2..])
            : Tree(_exact, host);
        node.Add(entry);
    }

    /// <summary>The best entry that takes the whole request: of the exact host, else of the wildcard, else of any host.</summary>
    public RouteEntry? Find(in RouteQuestion question)
    {
        var host = question.HostName;
        return (Exact(host, out var exact) ? exact.Find(question) : null)
            ?? (Wildcard(host, out var wildcard) ? wildcard.Find(question) : null)
            ?? _any.Find(question);
    }

    /// <inheritdoc cref="RouteNode.GatherMethods(in RouteQuestion, ISet{string})"/>
    public void GatherMethods(in RouteQuestion question, ISet<string> methods)
    {
        var host = question.HostName;
        if (Exact(host, out var exact))
        {
            exact.GatherMethods(question, methods);
        }

        if (Wildcard(host, out var wildcard))
        {
            wildcard.GatherMethods(question, methods);
        }

        _any.GatherMethods(question, methods);
    }

    private bool Exact(ReadOnlySpan<char> host, [NotNullWhen(true)] out RouteNode? node) =>
        _exact.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host, out node);

    private bool Wildcard(ReadOnlySpan<char> host, [NotNullWhen(true)] out RouteNode? node)
    {
        var dot = host.IndexOf('.');
        node = null;
        return dot > 0 && _wildcards.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host[(dot + 1)..], out node);
    }

    private static RouteNode Tree(Dictionary<string, RouteNode> trees, string host)
    {
        if (!trees.TryGetValue(host, out var node))
        {
            trees[host] = node = new();
        }

        return node;
    }
}
