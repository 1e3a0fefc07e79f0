using System.Net;
using Gateway.Configuration;

namespace Gateway.Routing;

/// <summary>What makes a match wrong, and what makes two of them a tie.</summary>
internal sealed class MatchRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config)
    {
        ConfigError[] wrong = [.. config.Apis.SelectMany(api => At(["apis", api.Key, "at"], api.Value.At)), .. RouteLevels.AllOf(config).SelectMany(Check)];
        return wrong.Length > 0 ? wrong : Conflicts(config);
    }

    private static IEnumerable<ConfigError> At(IReadOnlyList<string> path, string? at)
    {
        if (at is null)
        {
            yield break;
        }

        var (host, prefix) = EffectiveRoute.Split(at);
        if (at.Contains("://", StringComparison.Ordinal))
        {
            yield return new(path, $"'{at}' has a scheme.", $"Write host and path only: {at[(at.IndexOf("://", StringComparison.Ordinal) + 3)..]}.");
        }
        else if (host is null && at is "" or "/")
        {
            yield return new(path, "Neither a host nor a path stands here.", "Write a host, a path or both, such as api.contoso.com/v1, or remove at.");
        }
        else if (host is not null && !IsHost(host))
        {
            yield return new(path, host.Contains(':', StringComparison.Ordinal) ? $"'{host}' names a port; routes do not." : $"'{host}' is not a host.",
                "Write a host such as api.contoso.com, or \"*.contoso.com\" in quotes for all that end so; begin with a slash if a path is meant.");
        }
        else if (prefix.Length > 0 && (RouteTable.FindTemplateProblem(prefix) is not null || prefix.Contains("{**", StringComparison.Ordinal)))
        {
            yield return new(path, $"'{prefix}' is not a path to stand before others.", "Write literals and {name} segments, such as /v1.");
        }
    }

    private static bool IsHost(string host)
    {
        var plain = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        return Uri.CheckHostName(plain) == UriHostNameType.Dns || (plain == host && (IPAddress.TryParse(host, out _) || Uri.CheckHostName(host) == UriHostNameType.IPv4));
    }

    private static IEnumerable<ConfigError> Check(RouteLevels route)
    {
        if (route.Route.Match.Count == 0)
        {
            yield return new([.. route.Path, "match"], "The route takes no request.", "Write a match such as GET /orders/{id}.");
        }

        foreach (var (index, match) in route.Route.Match.Index())
        {
            IReadOnlyList<string> path = [.. route.Path, "match", $"{index}"];
            if (RouteTable.FindTemplateProblem(route.Prefix + match.Path) is { } problem)
            {
                yield return new([.. path, "path"], problem, "A path is literals, {name} for one segment, and {**rest} at the end for all that follows.");
            }

            if (IsOwn(route.Prefix + match.Path))
            {
                yield return new([.. path, "path"], "The gateway itself answers what is under /_gateway/; no request would reach this route.", "Choose another path.");
            }

            foreach (var error in Methods(path, match).Concat(Conditions([.. path, "headers"], match.Headers)).Concat(Conditions([.. path, "query"], match.Query)))
            {
                yield return error;
            }

            foreach (var name in match.Headers.Keys.Where(name => !FieldNames.IsToken(name)))
            {
                yield return new([.. path, "headers", name], $"'{name}' is not the name of a header.", "Use letters, digits and '-', such as x-beta.") { AtKey = true };
            }
        }
    }

    private static bool IsOwn(string path) => path == "/_gateway" || path.StartsWith("/_gateway/", StringComparison.Ordinal);

    private static IEnumerable<ConfigError> Methods(IReadOnlyList<string> path, MatchConfig match)
    {
        foreach (var (index, method) in match.Methods.Index())
        {
            IReadOnlyList<string> at = [.. path, "methods", $"{index}"];
            if (!FieldNames.IsToken(method) || method == "*")
            {
                yield return new(at, $"'{method}' is not a method.", "Write a method in capitals, such as GET; ANY /path takes every method.");
            }
            else if (method.Any(char.IsAsciiLetterLower))
            {
                yield return new(at, $"'{method}' is not in capitals, and methods are case-sensitive.", $"Write {method.ToUpperInvariant()}.");
            }
            else if (method == "CONNECT" || method == "ANY")
            {
                yield return new(at, method == "ANY" ? "'ANY' is not a method." : "CONNECT asks for a tunnel, which this gateway does not make.", method == "ANY" ? "Leave methods out for every method." : "Remove it.");
            }
            else if (match.Methods.Take(index).Contains(method))
            {
                yield return new(at, $"'{method}' stands here twice.", "Write it once.");
            }
        }
    }

    private static IEnumerable<ConfigError> Conditions(IReadOnlyList<string> path, IReadOnlyDictionary<string, ConditionConfig> conditions) =>
        conditions.SelectMany(condition => Condition([.. path, condition.Key], condition.Value));

    private static IEnumerable<ConfigError> Condition(IReadOnlyList<string> path, ConditionConfig condition)
    {
        object?[] said = [condition.EqualTo, condition.Prefix, condition.Contains, condition.Exists, condition.Not];
        var count = said.Count(one => one is not null);
        if (count != 1)
        {
            yield return new(path, count == 0 ? "The condition says nothing." : "The condition says several things.",
                "Write one of: a plain value, { prefix: x }, { contains: x }, { exists: true }, { not: … }.") { AtKey = true };
        }

        if (condition.Prefix is { Length: 0 } || condition.Contains is { Length: 0 })
        {
            yield return new(path, "Every value begins with and contains the empty text.", "Write { exists: true }.") { AtKey = true };
        }

        foreach (var error in condition.Not is { } inner ? Condition([.. path, "not"], inner) : [])
        {
            yield return error;
        }
    }

    private static IEnumerable<ConfigError> Conflicts(GatewayConfig config)
    {
        var paths = RouteLevels.AllOf(config).DistinctBy(route => route.Name).ToDictionary(route => route.Name, route => route.Path);
        var table = RouteTable.Build(EffectiveRoute.AllOf(config));
        return
        [
            .. from tie in table.Ties
               select new ConfigError([.. paths[tie.Second], "match"], tie.First == tie.Second
                       ? $"Two matches of the route '{tie.First}' both take {tie.Place}, and nothing decides between them."
                       : $"The routes '{tie.First}' and '{tie.Second}' both take {tie.Place}, and nothing decides between them.",
                   "Give one of them another path, method or condition, or a higher priority."),
            .. from match in table.Hidden
               select new ConfigError([.. paths[match.Hidden], "match"],
                   $"No request ever reaches '{match.Hidden}' by {match.Place}: '{match.By}' takes them all with its higher priority.",
                   "Give one of them another path, method or condition, or remove this match."),
        ];
    }
}
