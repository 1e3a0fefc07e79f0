using System.Net;
using Gateway.Requests;

namespace Gateway.Upstreams;

/// <summary>
/// The attempts of one call to a service: chooses an address for each, repeats as the settings say, keeps the addresses' health.
/// Connect failures, broken connections, silence until the first byte, and the answers 502, 503 and 504 count against an address;
/// any other answer is a success. What ends a body in mid-air does not count: the answer had begun.
/// </summary>
internal sealed class CallAttempts(Upstream upstream, TimeProvider time)
{
    private readonly long _begun = time.GetTimestamp();
    private List<UpstreamUrl>? _tried;
    private UpstreamUrl? _current;
    private UpstreamUrl? _last;
    private TimeSpan? _duration;
    private int _status;

    /// <summary>The address that was asked last.</summary>
    public UpstreamUrl? Last => _last;

    /// <summary>Attempts made, the first included.</summary>
    public int Count { get; private set; }

    /// <summary>What the last attempt failed of; null when an answer came.</summary>
    public UpstreamFailure? Failure { get; private set; }

    /// <summary>For the access log.</summary>
    public UpstreamCall Call => new(upstream.Name, _last?.Text ?? "", _status, Count, _duration ?? time.GetElapsedTime(_begun));

    /// <summary>Begins an attempt.</summary>
    public UpstreamUrl Begin()
    {
        Release();
        var url = upstream.Balancer.Choose(_tried ?? []);
        if (Count > 0)
        {
            upstream.Metrics.Repeated(upstream.Name);
        }

        if (upstream.Urls.Count > 1)
        {
            (_tried ??= []).Add(url);
        }

        Count++;
        url.Begin();
        (_current, _last, _status, Failure) = (url, url, 0, null);
        return url;
    }

    /// <summary>An answer came. True: it is the one to give; false: it is worth another attempt.</summary>
    public bool Judge(HttpStatusCode status, HttpMethod method, HttpContent? content)
    {
        _status = (int)status;
        upstream.Metrics.Answered(upstream.Name);
        if (status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
        {
            upstream.Failed(_last!);
        }
        else
        {
            _last!.Succeeded();
        }

        if (upstream.Repeats.After(status, Count, method, content))
        {
            return false;
        }

        _duration = time.GetElapsedTime(_begun);
        return true;
    }

    /// <summary>No answer came. True: that is the end of it; false: it is worth another attempt.</summary>
    public bool Judge(UpstreamFailure failure, HttpMethod method, HttpContent? content)
    {
        Failure = failure;
        upstream.Metrics.Failed(upstream.Name, failure.Error);
        if (failure.IsOfService)
        {
            upstream.Failed(_last!);
        }

        if (upstream.Repeats.After(failure, Count, method, content))
        {
            return false;
        }

        End();
        return true;
    }

    /// <summary>It failed before any address was asked.</summary>
    public void FailBefore(UpstreamFailure failure)
    {
        Failure = failure;
        upstream.Metrics.Failed(upstream.Name, failure.Error);
        _duration = time.GetElapsedTime(_begun);
    }

    /// <summary>The address carries this call no more.</summary>
    public void Release() => Interlocked.Exchange(ref _current, null)?.End();

    private void End()
    {
        _duration = time.GetElapsedTime(_begun);
        Release();
    }
}
