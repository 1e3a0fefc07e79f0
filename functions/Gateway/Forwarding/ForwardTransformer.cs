using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Forwarding;

/// <summary>Passes the fields of one answer on. The request's are written later, by <see cref="ForwardInvoker"/>.</summary>
internal sealed class ForwardTransformer : HttpTransformer
{
    /// <summary>The answer was passed on to its end: what fails after that is no failure of this request.</summary>
    public bool IsComplete { get; private set; }

    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        // Only a stand-in, and what the forwarder logs: it holds no path and no query.
        proxyRequest.RequestUri = new Uri(destinationPrefix);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        PassedOnHeaders.Write(proxyResponse, httpContext.Response);
        if (proxyResponse.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            // A stream of events is open as soon as its header fields are there, not with its first event.
            await httpContext.Response.Body.FlushAsync(cancellationToken);
        }

        return true;
    }

    public override ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        PassedOnHeaders.WriteTrailers(proxyResponse, httpContext.Response);
        IsComplete = true;
        return ValueTask.CompletedTask;
    }
}
