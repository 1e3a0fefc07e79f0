using System.Net;
using System.Text;
using Gateway.Upstreams.Wire;
using Mesh.Calls;

namespace Gateway.Upstreams;

/// <summary>Connections to services: over the mesh, by ordinary TLS, or by none.</summary>
/// <param name="mesh">Null: this process is no member of a mesh.</param>
internal sealed class UpstreamHandlers(MeshHandlers? mesh = null) : IUpstreamHandlers
{
    // Long enough that connecting costs nothing, short enough that a changed DNS record is seen.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(3);

    // A service that takes "Expect: 100-continue" says so at once; one that does not gets the body after this.
    private static readonly TimeSpan ContinueWait = TimeSpan.FromSeconds(1);

    private const int MaxHeaderKilobytes = 64;

    public HttpMessageHandler Create(string service, ServiceConfig config) => config.Tls switch
    {
        TlsMode.Mesh => Member(service).Create(Destination(config.Identity ?? service, ServerProof.Identity, config)),
        TlsMode.MeshClient => Member(service).Create(Destination(service, ServerProof.PublicTls, config)),
        _ => Plain(config),
    };

    public IWireDial? Wire(ServiceConfig config) =>
        config is { Tls: null or TlsMode.Off, Credential: null, Protocol: not HttpProtocol.Http2 } && config.Urls.All(static url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
            ? new PlainDial()
            : null;

    private MeshHandlers Member(string service) =>
        mesh ?? throw new NotSupportedException($"services.{service}.tls: this process is no member of a mesh. Register AddMesh beside AddGateway.");

    private static MeshDestination Destination(string service, ServerProof proof, ServiceConfig config) => new()
    {
        Service = service,
        Proof = proof,
        Addresses = [.. config.Urls.Select(url => new Uri(url))],
        Configure = handler => Configure(handler, config),
    };

    private static SocketsHttpHandler Plain(ServiceConfig config)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLifetime };
        Configure(handler, config);
        if (config.Host != ServiceHeaders.HostOfUrl)
        {
            handler.ConnectCallback = new UrlNameTls().ConnectAsync;
        }

        return handler;
    }

    private static void Configure(SocketsHttpHandler handler, ServiceConfig config)
    {
        handler.AllowAutoRedirect = false;
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.UseCookies = false;
        handler.UseProxy = false;
        handler.ConnectTimeout = config.Timeout.Connect < CallClock.Longest ? config.Timeout.Connect : CallClock.Longest;
        handler.EnableMultipleHttp2Connections = true;
        handler.Expect100ContinueTimeout = ContinueWait;
        handler.MaxResponseHeadersLength = MaxHeaderKilobytes;
        // The trace goes on from the span of the call, which is written before this handler sees the request.
        handler.ActivityHeadersPropagator = null;
        // Kestrel reads field values as UTF-8; written back so, their bytes are the same.
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
    }
}
