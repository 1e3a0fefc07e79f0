using Gateway.Configuration;

namespace Gateway.Upstreams;

/// <summary>What makes a service wrong.</summary>
internal sealed class ServiceRules : IConfigRule
{
    private static readonly string[] _retried = ["connect", "429", "502", "503", "504"];

    public IEnumerable<ConfigError> Check(GatewayConfig config) =>
        config.Services.SelectMany(service => Check(["services", service.Key], service.Value)).Concat(MeshRules.Check(config));

    private static IEnumerable<ConfigError> Check(IReadOnlyList<string> path, ServiceConfig service) =>
        [.. Urls(path, service), .. Tls(path, service), .. Host(path, service), .. Resilience(path, service), .. Timeouts(path, service.Timeout), .. Headers(path, service), .. CredentialRules.Check(path, service)];

    private static IEnumerable<ConfigError> Urls(IReadOnlyList<string> path, ServiceConfig service)
    {
        if (service.Urls.Count == 0)
        {
            yield return new([.. path, "urls"], "The service has no url.", "Add at least one, such as https://orders.internal.");
        }

        for (var index = 0; index < service.Urls.Count; index++)
        {
            if (ProblemOf(service.Urls[index]) is { } problem)
            {
                yield return new([.. path, "urls", $"{index}"], problem, "Write a base address such as https://orders.internal or http://localhost:7081/api.");
            }
            else if (service.Urls.Take(index).Contains(service.Urls[index], StringComparer.OrdinalIgnoreCase))
            {
                yield return new([.. path, "urls", $"{index}"], $"{service.Urls[index]} stands here twice.", "Write each url once.");
            }
        }
    }

    private static string? ProblemOf(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0 || url.ContainsAny(' ', '\\')
            ? $"'{url}' is not an absolute http or https url."
            : uri.UserInfo.Length > 0 ? "A url holds no name and password."
            : url.Contains('?', StringComparison.Ordinal) ? $"'{url}' has a query, which a base address cannot have."
            : url.Contains('#', StringComparison.Ordinal) ? $"'{url}' has a fragment, which a base address cannot have."
            : null;

    private static IEnumerable<ConfigError> Tls(IReadOnlyList<string> path, ServiceConfig service)
    {
        IReadOnlyList<string> at = [.. path, "tls"];
        var https = service.Urls.Count(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        if (service.Tls is TlsMode.Off && https > 0)
        {
            yield return new(at, "tls: off does not go with an https url.", "Write tls: public, or an http url.");
        }
        else if (service.Tls is not (null or TlsMode.Off) && https < service.Urls.Count)
        {
            yield return new(at, $"tls: {EnumNames.Kebab(service.Tls.Value.ToString())} does not go with an http url.", "Write tls: off, or an https url.");
        }
    }

    private static IEnumerable<ConfigError> Host(IReadOnlyList<string> path, ServiceConfig service)
    {
        if (service.Host is not ("url" or "preserve") && !IsHost(service.Host))
        {
            yield return new([.. path, "host"], $"'{service.Host}' is neither url, preserve nor the name of a host.", "Write url, preserve, or a name such as orders.contoso.com.");
        }
    }

    private static bool IsHost(string host) =>
        (host.Contains('.', StringComparison.Ordinal) || host.StartsWith("localhost", StringComparison.Ordinal)) && Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, host, StringComparison.OrdinalIgnoreCase) && uri.UserInfo.Length == 0;

    private static IEnumerable<ConfigError> Resilience(IReadOnlyList<string> path, ServiceConfig service)
    {
        if (service.Eject.After < 1)
        {
            yield return new([.. path, "eject", "after"], $"{service.Eject.After} is not a number of failures.", "Write 1 or more; the default is 5.");
        }

        if (service.Eject.For <= TimeSpan.Zero)
        {
            yield return new([.. path, "eject", "for"], "A url that is set aside for no time is not set aside.", "Write a duration such as 30s.");
        }

        if (service.Retry.Attempts is < 1 or > 10)
        {
            yield return new([.. path, "retry", "attempts"], $"{service.Retry.Attempts} is not a number of attempts.", "Write 1 to 10, the first attempt included; 1 means no retry.");
        }

        foreach (var (on, index) in service.Retry.On.Select((on, index) => (on, index)).Where(item => !_retried.Contains(item.on)))
        {
            yield return new([.. path, "retry", "on", $"{index}"], $"'{on}' is not something to retry on.", NearestName.Mend(on, _retried, ""));
        }
    }

    private static IEnumerable<ConfigError> Timeouts(IReadOnlyList<string> path, TimeoutConfig timeout)
    {
        (string Name, TimeSpan Value)[] all = [("connect", timeout.Connect), ("firstByte", timeout.FirstByte), ("idle", timeout.Idle)];
        return from one in all
               where one.Value <= TimeSpan.Zero
               select new ConfigError([.. path, "timeout", one.Name], $"A time-out of zero ({one.Name}) would end every request.", "Write a duration such as 10s.");
    }

    private static IEnumerable<ConfigError> Headers(IReadOnlyList<string> path, ServiceConfig service) =>
        service.Headers is { } headers ? FieldNames.CheckSent([.. path, "headers"], new(headers.Set, headers.Remove)) : [];
}
