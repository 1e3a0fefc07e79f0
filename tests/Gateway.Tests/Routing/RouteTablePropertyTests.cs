using CsCheck;
using Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Routing;

/// <summary>Random tables against a matcher that is written as the rule reads, one match at a time.</summary>
public class RouteTablePropertyTests
{
    private static readonly Gen<string> _template = Pick("a", "b", "{p}", "{q}", "", "{**r}").Array[0, 4].Select(Template);
    private static readonly Gen<string> _host = Pick("", "", "x.example", "*.example", "*.x.example");
    private static readonly Gen<string> _methods = Pick("ANY", "GET", "POST", "GET,POST", "HEAD", "OPTIONS");
    private static readonly Gen<string> _condition = Pick("", "", "", " h:v=1", " h:v=2", " h:v!", " q:d?", " h:v^1 q:d=1", " p:1", " h:v!=1 p:2");
    private static readonly Gen<string> _match = Gen.Select(_methods, _host, _template, _condition, (method, host, path, condition) => $"{method} {host}{path}{condition}");

    private static readonly Gen<string> _request = Gen.Select(
        Pick("GET", "POST", "HEAD", "OPTIONS", "PUT"),
        Pick("x.example", "y.example:80", "z.x.example", "other"),
        Pick("a", "b", "c", "").Array[1, 5].Select(segments => "/" + string.Join('/', segments)),
        Pick("", "?d=1", "?d", "?e=1"),
        Pick("", " v:1", " v:2", " v:12", " v:2 v:1"),
        (method, host, path, query, header) => $"{method} {host}{path}{query}{header}");

    [Fact]
    public void Find_RandomTables_AgreesWithTheRuleInAnyOrderOfRoutes() =>
        Gen.Select(_match.Array[1, 12], _request.Array[1, 20], Gen.Int).Sample(
            (matches, requests, seed) =>
            {
                var routes = matches.Select((match, index) => Routes.Of($"r{index:00}", match)).ToArray();
                var table = RouteTable.Build(routes);
                var shuffled = routes.ToArray();
                new Random(seed).Shuffle(shuffled);
                var other = RouteTable.Build(shuffled);
                return requests.Select(Routes.Ask).All(question =>
                {
                    var found = table.Find(question)?.Route.Name;
                    return found == Reference(routes, question)
                        && found == other.Find(question)?.Route.Name
                        && found == table.Explain(question).FirstOrDefault(verdict => verdict.Outcome == RouteOutcome.Won)?.Route;
                });
            },
            iter: 3_000);

    [Fact]
    public void Ties_RandomTables_CoverWheneverOnlyTheNameDecided() =>
        Gen.Select(_match.Array[2, 8], _request.Array[1, 20]).Sample(
            (matches, requests) =>
            {
                var routes = matches.Select((match, index) => Routes.Of($"r{index:00}", match)).ToArray();
                var table = RouteTable.Build(routes);
                var ties = table.Ties.Select(tie => (tie.First, tie.Second)).ToHashSet();

                // several values of one header may meet conditions that exclude each other: there the name decides by design
                return requests.Select(Routes.Ask).Where(question => question.Headers["v"].Count < 2).All(question =>
                {
                    var best = Candidates(routes, question).OrderBy(one => one.Key, StringComparer.Ordinal).Take(2).ToArray();
                    return best.Length < 2 || best[0].Key != best[1].Key || ties.Contains((best[0].Name, best[1].Name)) || ties.Contains((best[1].Name, best[0].Name));
                });
            },
            iter: 3_000);

    private static string? Reference(EffectiveRoute[] routes, RouteQuestion question) =>
        Candidates(routes, question).OrderBy(one => one.Key, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault().Name;

    // Each candidate with a text that sorts as the rule does.
    private static IEnumerable<(string Name, string Key)> Candidates(EffectiveRoute[] routes, RouteQuestion question)
    {
        foreach (var route in routes)
        {
            var match = route.Matches[0];
            var host = HostKey(route.Host, question.Host.Split(':')[0]);
            var path = PathKey(match.Path[1..].Split('/'), question.Path[1..].Split('/'));
            var method = MethodKey(match.Methods, question.Method);
            var headers = match.Headers.All(pair => Holds(pair.Value, [.. question.Headers[pair.Key]]));
            var query = match.Query.All(pair => Holds(pair.Value, [.. new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(question.Query))[pair.Key]]));
            if (host is not null && path is not null && method is not null && headers && query)
            {
                yield return (route.Name, $"{host}{path}!{method}{9 - match.Headers.Count - match.Query.Count}{9 - match.Priority}");
            }
        }
    }

    private static string? HostKey(string? pattern, string host) =>
        pattern is null ? "2"
        : pattern == host ? "0"
        : pattern.StartsWith('*') && host.EndsWith(pattern[1..], StringComparison.Ordinal) && host[..^(pattern.Length - 1)].IndexOf('.') < 0 && host.Length >= pattern.Length ? "1"
        : null;

    private static string? PathKey(string[] template, string[] path)
    {
        if (template is [['{', '*', ..], ..])
        {
            return "2";
        }

        if (template.Length == 0 || path.Length == 0)
        {
            return template.Length == path.Length ? "" : null;
        }

        var kind = template[0].StartsWith('{') ? path[0].Length > 0 ? "1" : null : template[0] == path[0] ? "0" : null;
        return kind is null ? null : PathKey(template[1..], path[1..]) is { } rest ? kind + rest : null;
    }

    private static string? MethodKey(IReadOnlyList<string> methods, string method) =>
        methods.Contains(method) ? "0" : method == "HEAD" && methods.Contains("GET") ? "1" : methods.Count == 0 ? "2" : null;

    private static bool Holds(ConditionConfig condition, string?[] values) => condition switch
    {
        { Not: { } other } => !Holds(other, values),
        { Exists: { } exists } => values.Length > 0 == exists,
        { EqualTo: { } text } => values.Contains(text),
        { Prefix: { } text } => values.Any(value => value!.StartsWith(text, StringComparison.Ordinal)),
        _ => values.Any(value => value!.Contains(condition.Contains!, StringComparison.Ordinal)),
    };

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static string Template(string[] segments)
    {
        var kept = new List<string>();
        foreach (var segment in segments)
        {
            kept.Add(segment.StartsWith('{') && kept.Contains(segment) ? "a" : segment);
            if (segment == "{**r}")
            {
                break;
            }
        }

        return "/" + string.Join('/', kept);
    }
}
