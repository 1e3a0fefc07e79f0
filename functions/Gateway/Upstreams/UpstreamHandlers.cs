using System.Diagnostics;
using System.Net;
using System.Text;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Upstreams;

/// <summary>Connections by ordinary TLS or none.</summary>
internal sealed class UpstreamHandlers : IUpstreamHandlers
{
    // Long enough that connecting costs nothing, short enough that a changed DNS record is seen.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(3);

    // A service that takes "Expect: 100-continue" says so at once; one that does not gets the body after this.
    private static readonly TimeSpan ContinueWait = TimeSpan.FromSeconds(1);

    private const int MaxHeaderKilobytes = 64;

    public HttpMessageHandler Create(string service, ServiceConfig config)
    {
        if (config.Tls is TlsMode.Mesh or TlsMode.MeshClient)
        {
            throw new NotSupportedException($"services.{service}.tls: the mesh is not supported yet.");
        }

        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = config.Timeout.Connect < CallClock.Longest ? config.Timeout.Connect : CallClock.Longest,
            PooledConnectionLifetime = ConnectionLifetime,
            EnableMultipleHttp2Connections = true,
            Expect100ContinueTimeout = ContinueWait,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            // The trace goes on from our own span, and never from what the client sent beside it.
            ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
            // Kestrel reads field values as UTF-8; written back so, their bytes are the same.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        if (!new ServiceHeaders(config).SendsHostOfUrl)
        {
            handler.ConnectCallback = new UrlNameTls().ConnectAsync;
        }

        return handler;
    }
}
