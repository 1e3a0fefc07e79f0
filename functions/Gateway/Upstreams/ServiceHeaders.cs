namespace Gateway.Upstreams;

/// <summary>What a service's settings say of the header fields that it is sent: its Host, and those removed and set.</summary>
internal sealed class ServiceHeaders(ServiceConfig config)
{
    /// <summary>The client's Host is what the service is to see.</summary>
    public bool PreservesHost { get; } = config.Host == "preserve";

    /// <summary>The service sees the host of its own url.</summary>
    public bool SendsHostOfUrl { get; } = config.Host == "url";

    /// <summary>Changes a request. Where the client's Host is preserved, that is what the request has already.</summary>
    public void Apply(HttpRequestMessage request)
    {
        if (!PreservesHost)
        {
            request.Headers.Host = SendsHostOfUrl ? null : config.Host;
        }

        if (config.Headers is not { } rules)
        {
            return;
        }

        foreach (var name in rules.Remove)
        {
            RequestFields.Remove(request, name);
        }

        foreach (var (name, value) in rules.Set)
        {
            RequestFields.Set(request, name, value);
        }
    }
}
