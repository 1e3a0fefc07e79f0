using System.Net;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Costs.Stand;

/// <summary>The context of one connection: the same objects for each of its requests, as a server keeps them, so that only the gateway allocates.</summary>
internal sealed class ReusedContext : IHttpRequestBodyDetectionFeature, IDisposable
{
    private readonly FeatureCollection _features = new();
    private readonly HttpRequestFeature _request = new() { Protocol = "HTTP/1.1", Scheme = "http" };
    private readonly DefaultHttpContext _context;
    private readonly CancellationTokenSource _aborted = new();

    public ReusedContext()
    {
        _features.Set<IHttpRequestFeature>(_request);
        _features.Set<IHttpResponseFeature>(Response);
        _features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = IPAddress.Parse("198.51.100.7") });
        _features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = _aborted.Token });
        _features.Set<IHttpRequestBodyDetectionFeature>(this);
        _context = new(_features);
    }

    public DroppedResponse Response { get; } = new();

    public bool CanHaveBody => false;

    /// <summary>The next request of the connection.</summary>
    public HttpContext Begin(string path, (string Name, StringValues Values)[] fields, GatewayRequest? request = null)
    {
        (_request.Method, _request.Path, _request.RawTarget) = ("GET", path, path);
        _request.Headers.Clear();
        foreach (var (name, values) in fields)
        {
            _request.Headers[name] = values;
        }

        Response.Reset();
        // The gateway puts its own in the place of these.
        _features.Set<IHttpResponseBodyFeature>(Response);
        _features.Set(request);
        _context.Initialize(_features);
        return _context;
    }

    public void Dispose()
    {
        _aborted.Dispose();
        Response.Dispose();
    }
}
