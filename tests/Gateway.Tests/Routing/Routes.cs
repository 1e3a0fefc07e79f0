using System.Globalization;
using Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Routing;

/// <summary>Routes and requests in short form: "GET,HEAD api.example/a/{id} h:x-ver=1 q:debug! p:3".</summary>
internal static class Routes
{
    public static EffectiveRoute Of(string name, params string[] matches)
    {
        string? host = null;
        var parsed = matches.Select(match => Match(match, out host)).ToList();
        return new() { Name = name, Host = host, Matches = parsed, Config = new() { Version = 1 } };
    }

    public static RouteTable Table(params string[] routes) =>
        RouteTable.Build([.. routes.Select(route => Of(route[..route.IndexOf(' ')], route[(route.IndexOf(' ') + 1)..]))]);

    /// <summary>"METHOD host/path?query name:value ..."</summary>
    public static RouteQuestion Ask(string request)
    {
        var parts = request.Split(' ');
        var slash = parts[1].IndexOf('/');
        var mark = parts[1].IndexOf('?') is >= 0 and var at ? at : parts[1].Length;
        var headers = new HeaderDictionary();
        foreach (var header in parts[2..])
        {
            headers.Append(header[..header.IndexOf(':')], header[(header.IndexOf(':') + 1)..]);
        }

        return new(parts[1][..slash], parts[0], parts[1][slash..mark], parts[1][mark..], headers);
    }

    private static MatchConfig Match(string text, out string? host)
    {
        var parts = text.Split(' ');
        var slash = parts[1].IndexOf('/');
        host = slash == 0 ? null : parts[1][..slash];
        Dictionary<string, ConditionConfig> headers = [], query = [];
        var priority = 0;
        foreach (var part in parts[2..])
        {
            if (part.StartsWith("p:", StringComparison.Ordinal))
            {
                priority = int.Parse(part[2..], CultureInfo.InvariantCulture);
                continue;
            }

            var end = part.IndexOfAny(['=', '^', '~', '?', '!'], 2);
            var target = part[0] == 'h' ? headers : query;
            target[part[2..end]] = Condition(part[end..]);
        }

        return new() { Methods = parts[0] == "ANY" ? [] : parts[0].Split(','), Path = parts[1][slash..], Headers = headers, Query = query, Priority = priority };
    }

    // =text ^prefix ~part ? present ! absent; "!" before another turns it around
    private static ConditionConfig Condition(string text) => text switch
    {
        "?" => new() { Exists = true },
        "!" => new() { Exists = false },
        ['!', .. var rest] => new() { Not = Condition(rest) },
        ['=', .. var rest] => new() { EqualTo = rest },
        ['^', .. var rest] => new() { Prefix = rest },
        ['~', .. var rest] => new() { Contains = rest },
        _ => throw new ArgumentException(text),
    };
}
