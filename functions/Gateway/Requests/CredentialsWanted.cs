namespace Gateway.Requests;

/// <summary>What a caller without a credential is told to send to a route: the configured headers and the names of the issuers, nothing secret.</summary>
internal static class CredentialsWanted
{
    /// <summary>Such as: Send an API key in X-Api-Key, or a token of entra in Authorization: Bearer.</summary>
    public static string Of(EffectiveRoute route)
    {
        var any = route.Auth?.Any ?? [];
        var ways = new List<string>(2);
        if (any.Contains("apiKey"))
        {
            ways.Add($"an API key in {(route.Config.Keys.Headers.Count > 0 ? Headers(route) : "Authorization: ApiKey")}");
        }

        var issuers = any.Where(route.Config.Issuers.ContainsKey).ToList();
        if (issuers.Count > 0)
        {
            ways.Add($"a token of {Or(issuers)} in Authorization: Bearer");
        }

        return ways.Count > 0 ? $"Send {string.Join(", or ", ways)}." : "No credential is accepted here.";
    }

    /// <summary>For a caller whose API key stands where tokens do.</summary>
    public static string InsteadOfBearer(EffectiveRoute route) =>
        route.Auth?.Any.Contains("apiKey") != true ? $"This is an API key, which is not accepted here. {Of(route)}"
        : $"This is an API key, not a token: send it {(route.Config.Keys.Headers.Count > 0 ? $"in {Headers(route)}, or " : "")}as Authorization: ApiKey.";

    private static string Headers(EffectiveRoute route) => Or(route.Config.Keys.Headers.Select(Cased));

    private static string Or(IEnumerable<string> names) => string.Join(" or ", names);

    // Field names compare without regard to case; this is how they are mostly written.
    private static string Cased(string header) =>
        string.Join('-', header.Split('-').Select(part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}
