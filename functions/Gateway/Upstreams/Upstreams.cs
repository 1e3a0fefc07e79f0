using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Gateway.Upstreams;

/// <inheritdoc/>
/// <remarks>
/// A live service lives as long as a configuration that describes it so: it is found again by its name and the text of its settings,
/// and nobody has to say when it is no longer needed. A reload that is refused half-way therefore changes nothing.
/// </remarks>
internal sealed class Upstreams(UpstreamParts parts) : IUpstreams
{
    private readonly Lock _gate = new();
    private readonly ConditionalWeakTable<ServiceConfig, Upstream> _byConfig = [];
    private readonly Dictionary<string, WeakReference<Upstream>> _bySettings = [];

    /// <inheritdoc cref="IUpstreams.Get"/>
    public Upstream Get(string name, GatewayConfig config)
    {
        var service = config.Services[name];
        return _byConfig.TryGetValue(service, out var known) && known.Name == name ? known : Find(name, service);
    }

    IUpstream IUpstreams.Get(string name, GatewayConfig config) => Get(name, config);

    private Upstream Find(string name, ServiceConfig service)
    {
        var settings = name + '\n' + JsonSerializer.Serialize(service, ServiceSettingsJson.Default.ServiceConfig);
        lock (_gate)
        {
            if (!_bySettings.TryGetValue(settings, out var reference) || !reference.TryGetTarget(out var upstream))
            {
                Forget();
                upstream = new Upstream(name, service, parts);
                _bySettings[settings] = new WeakReference<Upstream>(upstream);
            }

            _byConfig.AddOrUpdate(service, upstream);
            return upstream;
        }
    }

    private void Forget()
    {
        foreach (var (settings, reference) in _bySettings)
        {
            if (!reference.TryGetTarget(out _))
            {
                _bySettings.Remove(settings);
            }
        }
    }
}
