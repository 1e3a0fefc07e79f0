using Gateway.Requests;

namespace Gateway.Upstreams;

/// <summary>One service, live.</summary>
internal interface IUpstream
{
    string Name { get; }

    ServiceConfig Config { get; }

    /// <summary>
    /// Sends a request whose body is in memory: chooses a url, repeats as the service's settings say, keeps its health.
    /// <paramref name="create"/> makes the request for a base url, once for each attempt. Returns when the header fields are there.
    /// The call goes on in the <paramref name="trace"/>; null: in that of the activity.
    /// A <paramref name="deadline"/> over all attempts stands in for the service's first-byte time, as a route's timeout does.
    /// </summary>
    /// <exception cref="UpstreamException">No answer: unreachable, timed out, wrong identity.</exception>
    Task<HttpResponseMessage> SendAsync(Func<Uri, HttpRequestMessage> create, TraceLink? trace, TimeSpan? deadline, CancellationToken cancellation);
}
