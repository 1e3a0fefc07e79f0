using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Gateway.Upstreams;

/// <summary>
/// TLS under the name in the service's url. The handler's own takes the Host field for the server's name, which with <c>host: preserve</c>
/// is the client's to choose: then a client would say whose certificate is good.
/// </summary>
/// <param name="validate">Judges the certificate; null: the platform's rules alone.</param>
internal sealed class UrlNameTls(RemoteCertificateValidationCallback? validate = null)
{
    /// <summary>A connect callback of <see cref="SocketsHttpHandler"/>, which takes a stream that is secured already as it is.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps
                ? await SecureAsync(plain, context, cancellation)
                : plain;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<SslStream> SecureAsync(NetworkStream plain, SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var secured = new SslStream(plain);
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = context.DnsEndPoint.Host,
                ApplicationProtocols = ProtocolsOf(context.InitialRequestMessage),
                RemoteCertificateValidationCallback = validate,
            },
            cancellation);
        return secured;
    }

    // What the handler would offer: HTTP/2 where the request may be sent so, and nothing else where it must be.
    private static List<SslApplicationProtocol> ProtocolsOf(HttpRequestMessage request) =>
        request.Version.Major < HttpVersion.Version20.Major ? [SslApplicationProtocol.Http11]
        : request.VersionPolicy == HttpVersionPolicy.RequestVersionOrLower ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]
        : [SslApplicationProtocol.Http2];
}
