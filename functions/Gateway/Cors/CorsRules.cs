using Gateway.Configuration;

namespace Gateway.Cors;

/// <summary>What makes a level's cors wrong.</summary>
internal sealed class CorsRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config) =>
        from level in SettingsLevel.AllOf(config)
        where level.Settings.Cors is not null
        from error in Check([.. level.Path, "cors"], level.Settings.Cors!)
        select error;

    private static IEnumerable<ConfigError> Check(IReadOnlyList<string> path, CorsConfig cors) =>
        [.. Origins(path, cors), .. Names(path, cors), .. FieldNames.CheckTokens([.. path, "headers"], cors.Headers), .. FieldNames.CheckTokens([.. path, "expose"], cors.Expose)];

    private static IEnumerable<ConfigError> Origins(IReadOnlyList<string> path, CorsConfig cors)
    {
        if (cors.Origins.Count == 0)
        {
            yield return new([.. path, "origins"], "No origin is let in.", "Name at least one, or remove cors.");
        }

        foreach (var (index, origin) in cors.Origins.Index())
        {
            IReadOnlyList<string> at = [.. path, "origins", $"{index}"];
            if (origin == "*" && cors.Credentials)
            {
                yield return new(at, "Any origin together with credentials would open the api to every page on the web.", "Name the origins, or remove credentials.");
            }
            else if (origin != "*" && !IsOrigin(origin))
            {
                yield return new(at, $"'{origin}' is not an origin.", "Write scheme, host and port if need be, and nothing after: https://app.contoso.com, https://*.contoso.com or \"*\".");
            }
        }
    }

    // RFC 6454 §6.2: scheme, host, port; lower case, the scheme's own port left out, as browsers send it.
    private static bool IsOrigin(string origin)
    {
        var plain = origin.Replace("://*.", "://any.", StringComparison.Ordinal);
        return Uri.TryCreate(plain, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) == plain;
    }

    private static IEnumerable<ConfigError> Names(IReadOnlyList<string> path, CorsConfig cors)
    {
        foreach (var (index, method) in cors.Methods.Index().Where(item => item.Item == "*" || !FieldNames.IsToken(item.Item) || item.Item.Any(char.IsAsciiLetterLower)))
        {
            yield return new([.. path, "methods", $"{index}"], $"'{method}' is not a method.", "Write methods in capitals, such as GET.");
        }

        // The star is a token, and with it a preflight would let any header through.
        foreach (var (index, _) in cors.Headers.Index().Where(item => item.Item == "*"))
        {
            yield return new([.. path, "headers", $"{index}"], "'*' is not the name of a header.", "Name the headers that scripts may send.");
        }

        if (cors.Expose.Index().FirstOrDefault(item => item.Item == "*") is { Item: not null } star)
        {
            yield return new([.. path, "expose", $"{star.Index}"], "'*' is not the name of a header.", "Name the headers that scripts may read.");
        }
    }
}
