namespace Gateway.Upstreams;

/// <summary>The services of a configuration, live: their urls, health and connections outlive a reload.</summary>
internal interface IUpstreams
{
    /// <summary>The live service of this name; the same one as long as its settings are the same.</summary>
    IUpstream Get(string name, GatewayConfig config);
}
