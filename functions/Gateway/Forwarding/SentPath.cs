using System.Text.RegularExpressions;
using Gateway.Requests;
using Gateway.Templates;

namespace Gateway.Forwarding;

/// <summary>The path that a service is sent: as matched, or changed by one rule. Percent-encoding stays byte for byte; the query is no part of it.</summary>
internal sealed class SentPath(PathRuleConfig? rule)
{
    private readonly Template? _template = rule?.Template is { } text ? HeaderEdits.Parse(text) : null;
    private readonly string? _strip = rule?.Strip?.TrimEnd('/');

    // Without backtracking a match takes time linear in the path, whatever the pattern.
    private readonly Regex? _pattern = rule?.Pattern is { } pattern ? new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null;

    public Filling From(GatewayRequest request, ITemplateValues values) =>
        _template is not null ? _template.FillPath(values)
        : _strip is not null ? Checked(Strip(request.Path, _strip))
        : _pattern is not null ? Replace(request.Path, _pattern)
        : Filling.Of(request.Path);

    // Whole segments only: /v1 is no prefix of /v10.
    private static string Strip(string path, string prefix) =>
        !path.StartsWith(prefix, StringComparison.Ordinal) ? path
        : path.Length == prefix.Length ? "/"
        : path[prefix.Length] == '/' ? path[prefix.Length..]
        : path;

    private Filling Replace(string path, Regex pattern)
    {
        var replaced = pattern.Replace(path, rule!.Replace ?? "");
        if (ReferenceEquals(replaced, path))
        {
            return Filling.Of(path);
        }

        var sent = PathText.EncodeLiteral(replaced.StartsWith('/') ? replaced : '/' + replaced);
        return PathText.HasDotSegment(sent) ? Filling.Malformed(null) : Checked(sent);
    }

    // What begins with two slashes names a host to some services: what the hygiene stage refuses must not arise behind it.
    private static Filling Checked(string sent) => sent.StartsWith("//", StringComparison.Ordinal) ? Filling.Malformed(null) : Filling.Of(sent);
}
