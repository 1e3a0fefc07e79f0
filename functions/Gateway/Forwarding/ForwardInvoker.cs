using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;

namespace Gateway.Forwarding;

/// <summary>Finishes the forwarder's one request and gives it to an exchange, which may send it several times.</summary>
internal sealed class ForwardInvoker(HttpContext context, Upstream upstream, Exchange exchange, ForwardShape shape) : HttpMessageInvoker(Unused, disposeHandler: false)
{
    private static readonly HttpMessageHandler Unused = new SocketsHttpHandler();

    // The forwarder knows paths only decoded; ours goes out byte for byte.
    private static readonly UriCreationOptions Raw = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Complete(request);
        return exchange.SendAsync(
            address =>
            {
                request.RequestUri = Target(address);
                return request;
            },
            cancellationToken);
    }

    private void Complete(HttpRequestMessage request)
    {
        shape.Write(context, upstream, new MessageFields(request));
        if (request.Content is not (null or NoContent))
        {
            request.Content = new SentContent(request.Content, exchange.Clock, upstream.Repeats.MayNeedBody(request.Method));
        }
    }

    // A path in the service's address stands before the one that is forwarded.
    private Uri Target(Uri address) => new(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + shape.PathAndQuery, in Raw);
}
