using Gateway.Requests;
using Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Cli.Configuration;

/// <summary>The request that gw routes is asked about, in the form that routing sees.</summary>
internal static class RequestLine
{
    public static RouteQuestion Read(string method, string? target, string? host, IReadOnlyList<string> headers)
    {
        if (method.Length == 0 || method.Contains('/'))
        {
            throw CommandException.Usage($"\"{method}\" is not a method.", "Write the method before the path: GET /orders");
        }

        if (target is null)
        {
            throw CommandException.Usage("The path of the request is missing.", $"Write: {method} /orders");
        }

        if (!target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            var rest = target[(target.IndexOf("//", StringComparison.Ordinal) + 2)..];
            var slash = rest.IndexOfAny(['/', '?']);
            host ??= url.Authority;
            target = slash < 0 ? "/" : rest[slash] == '?' ? "/" + rest[slash..] : rest[slash..];
        }

        var question = target.IndexOf('?');
        var (raw, query) = question < 0 ? (target, "") : (target[..question], target[question..]);
        var path = TargetPath.Normalize(raw, out var problem);
        problem = path is null ? problem : TargetPath.FindQueryProblem(query);
        return problem is { Length: > 0 }
            ? throw CommandException.Usage($"The gateway refuses this request: {problem}", "Write the path as a client sends it, such as /orders/a%20b?page=2")
            : new(host ?? "", method, path!, query, Headers(headers, host));
    }

    private static HeaderDictionary Headers(IReadOnlyList<string> lines, string? host)
    {
        var headers = new HeaderDictionary();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':');
            if (colon < 1)
            {
                throw CommandException.Usage($"--header: \"{line}\" is not a header.", "Write: --header \"name: value\"");
            }

            headers.Append(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }

        if (host is not null)
        {
            headers["Host"] = host;
        }

        return headers;
    }
}
