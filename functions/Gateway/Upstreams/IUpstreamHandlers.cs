using Gateway.Upstreams.Wire;

namespace Gateway.Upstreams;

/// <summary>Makes the connections to a service: the seam at which the mesh puts its own certificates and checks.</summary>
internal interface IUpstreamHandlers
{
    /// <summary>A handler with its own connection pools; asked once for each live service.</summary>
    HttpMessageHandler Create(string service, ServiceConfig config);

    /// <summary>Makes connections of our own to the service, for the calls that they can carry; null: all go through the handler.</summary>
    IWireDial? Wire(ServiceConfig config) => null;
}
