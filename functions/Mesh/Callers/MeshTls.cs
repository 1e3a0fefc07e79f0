using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Callers;

/// <summary>Mutual TLS for an address that Kestrel listens on.</summary>
public static class MeshTls
{
    /// <summary>Presents this workload's certificate of the moment, and asks callers for theirs. HTTP/1.1 and HTTP/2 over TLS 1.2 and 1.3.</summary>
    public static ListenOptions UseMeshTls(this ListenOptions listen)
    {
        var handshakes = listen.ApplicationServices.GetRequiredService<Handshakes>();
        var connections = listen.ApplicationServices.GetRequiredService<CallerConnections>();
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = context => new(handshakes.OptionsFor(context.ClientHelloInfo.ServerName)) });
        listen.Use(connections.Track);
        return listen;
    }
}
