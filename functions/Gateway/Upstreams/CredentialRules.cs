using Gateway.Configuration;

namespace Gateway.Upstreams;

/// <summary>What makes a credential of the gateway's own wrong.</summary>
internal static class CredentialRules
{
    public const string Field = "Authorization";

    public static IEnumerable<ConfigError> Check(IReadOnlyList<string> path, ServiceConfig service)
    {
        if (service.Credential is not { } credential)
        {
            yield break;
        }

        if (credential.ManagedIdentity.Length == 0 || credential.ManagedIdentity.Any(letter => letter is <= ' ' or > '~'))
        {
            yield return new([.. path, "credential", "managedIdentity"], "This is not a scope.", "Write the application's id and what is asked for, such as api://orders/.default.");
        }

        if (service.Urls.FirstOrDefault(IsInTheClear) is { } url)
        {
            yield return new([.. path, "credential"], $"A token must not go over plain http, to {url}.", "Write an https url; http is for localhost only.") { AtKey = true };
        }

        foreach (var error in CheckHeaders([.. path, "headers"], service.Headers))
        {
            yield return error;
        }
    }

    /// <summary>Mistakes in header rules for what a service with a credential is sent.</summary>
    public static IEnumerable<ConfigError> CheckHeaders(IReadOnlyList<string> path, HeaderRulesConfig? headers) =>
        from rule in Rules(headers)
        where rule.Name.Equals(Field, StringComparison.OrdinalIgnoreCase)
        select new ConfigError([.. path, .. rule.At], $"'{rule.Name}' holds the token of the service's credential.", "Remove this rule, or the credential.") { AtKey = rule.At is ["set", ..] };

    private static bool IsInTheClear(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback;

    private static IEnumerable<(string[] At, string Name)> Rules(HeaderRulesConfig? headers) =>
        headers is null ? [] : [.. headers.Set.Keys.Select(name => (new[] { "set", name }, name)), .. headers.Remove.Select((name, index) => (new[] { "remove", $"{index}" }, name))];
}
