using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace Gateway.Upstreams;

/// <summary>
/// Which attempts may be repeated. Where no connection was made: every method, as long as the body was not touched. Where it broke
/// before the answer, or the answer's status is one of those named: idempotent methods only (RFC 9110 §9.2.2), and only if the body
/// can be sent again from its beginning. Time-outs are never repeated: the service may be at work.
/// </summary>
internal sealed class Repeats(RetryConfig retry, bool hasOtherUrls)
{
    private readonly bool _connect = retry.On.Contains("connect");

    private readonly FrozenSet<HttpStatusCode> _statuses = retry.On
        .Where(on => on != "connect")
        .Select(on => (HttpStatusCode)int.Parse(on, CultureInfo.InvariantCulture))
        .ToFrozenSet();

    public bool After(UpstreamFailure failure, int attempts, HttpMethod method, HttpContent? content) =>
        attempts < retry.Attempts && _connect && failure.Point switch
        {
            FailurePoint.Connecting => content is not SentContent { Touched: true },
            // .NET's handler has tried a request without a body on up to three more connections by itself: only another address is worth it.
            FailurePoint.Broken => IsIdempotent(method) && (content is null ? hasOtherUrls : CanSendAgain(content)),
            _ => false,
        };

    public bool After(HttpStatusCode status, int attempts, HttpMethod method, HttpContent? content) =>
        attempts < retry.Attempts && _statuses.Contains(status) && IsIdempotent(method) && CanSendAgain(content);

    /// <summary>True: the body of such a request is worth keeping.</summary>
    public bool MayNeedBody(HttpMethod method) => retry.Attempts > 1 && retry.On.Count > 0 && IsIdempotent(method);

    private static bool CanSendAgain(HttpContent? content) => content is not SentContent sent || sent.Rewind();

    /// <summary>RFC 9110 §9.2.2.</summary>
    public static bool IsIdempotent(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Options || method == HttpMethod.Trace
        || method == HttpMethod.Put || method == HttpMethod.Delete;
}
