using System.Diagnostics;
using System.Net;
using Gateway.Errors;
using Gateway.Requests;

namespace Gateway.Upstreams;

/// <summary>
/// One call to a service, with all its attempts: chooses an address, repeats as the settings say, keeps the addresses' health.
/// Connect failures, broken connections, silence until the first byte, and the answers 502, 503 and 504 count against an address;
/// any other answer is a success. What ends a body in mid-air does not count: the answer had begun.
/// </summary>
internal sealed class Exchange(Upstream upstream, CallClock clock, TimeProvider time) : IDisposable
{
    private readonly List<UpstreamUrl> _tried = [];
    private readonly long _begun = time.GetTimestamp();
    private UpstreamUrl? _current;
    private Activity? _activity;
    private TimeSpan? _duration;
    private int _status;

    public CallClock Clock => clock;

    /// <summary>The whole call ends when the answer is let go of; nobody else ends it.</summary>
    public bool EndsWithAnswer { get; init; }

    /// <summary>What the last attempt failed of; null when an answer came.</summary>
    public UpstreamFailure? Failure { get; private set; }

    /// <summary>For the access log.</summary>
    public UpstreamCall Call => new(
        upstream.Name,
        _tried.Count == 0 ? "" : _tried[^1].Address.GetLeftPart(UriPartial.Path),
        _status,
        _tried.Count,
        _duration ?? time.GetElapsedTime(_begun));

    /// <summary>Returns when an answer's header fields are there. What the handler throws is passed on; <see cref="Failure"/> says what it means.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<Uri, HttpRequestMessage> create, CancellationToken cancellation)
    {
        var token = upstream.Token is null ? null : await TokenAsync(upstream.Token, cancellation);
        while (true)
        {
            var url = Begin();
            var request = create(url.Address);
            if (token is not null)
            {
                // After every rule: nothing that a client or a route says stands in its place or beside it.
                RequestFields.Set(request, CredentialRules.Field, token);
            }

            _activity = CallActivity.Start(upstream.Name, url, request, _tried.Count - 1);
            try
            {
                var answer = RequireStatus(await upstream.Handler.SendAsync(request, cancellation));
                if (!Judge(url, answer, request))
                {
                    answer.Dispose();
                    continue;
                }

                return Deliver(answer);
            }
            catch (Exception exception)
            {
                if (!Judge(url, exception, request))
                {
                    continue;
                }

                throw;
            }
        }
    }

    public void Dispose()
    {
        Release();
        clock.Dispose();
    }

    // RFC 9110 §15: any other three digits are no status, and what cannot be read is no answer.
    private static HttpResponseMessage RequireStatus(HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode is >= 100 and <= 599)
        {
            return answer;
        }

        answer.Dispose();
        throw new HttpRequestException(HttpRequestError.InvalidResponse);
    }

    private async ValueTask<string> TokenAsync(OwnToken token, CancellationToken cancellation)
    {
        // A route's own timeout goes over this too.
        clock.AttemptBegins();
        try
        {
            return await token.GetAsync(cancellation);
        }
        catch (Exception exception) when (exception is NoTokenException or OperationCanceledException)
        {
            // Time that ran out here was lost by us, not by the service.
            Failure = clock.Caller.IsCancellationRequested ? UpstreamFailure.Of(exception, clock, null) : new(GatewayError.IdentityUnavailable, FailurePoint.Ourselves);
            upstream.Metrics.Failed(upstream.Name, Failure.Value.Error);
            _duration = time.GetElapsedTime(_begun);
            throw;
        }
    }

    private UpstreamUrl Begin()
    {
        Release();
        var url = upstream.Balancer.Choose(_tried);
        if (_tried.Count > 0)
        {
            upstream.Metrics.Repeated(upstream.Name);
        }

        _tried.Add(url);
        url.Begin();
        _current = url;
        _status = 0;
        Failure = null;
        clock.AttemptBegins();
        return url;
    }

    // True: this is the answer. False: it is worth another attempt.
    private bool Judge(UpstreamUrl url, HttpResponseMessage answer, HttpRequestMessage request)
    {
        _status = (int)answer.StatusCode;
        CallActivity.Answered(_activity!, answer);
        upstream.Metrics.Answered(upstream.Name);
        if (answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
        {
            upstream.Failed(url);
        }
        else
        {
            url.Succeeded();
        }

        return !upstream.Repeats.After(answer.StatusCode, _tried.Count, request);
    }

    private bool Judge(UpstreamUrl url, Exception exception, HttpRequestMessage request)
    {
        var failure = UpstreamFailure.Of(exception, clock, request.Content as SentContent);
        Failure = failure;
        CallActivity.Failed(_activity!, failure.Error.Describe().Slug);
        upstream.Metrics.Failed(upstream.Name, failure.Error);
        if (failure.IsOfService)
        {
            upstream.Failed(url);
        }

        if (upstream.Repeats.After(failure, _tried.Count, request))
        {
            return false;
        }

        _duration = time.GetElapsedTime(_begun);
        Release();
        return true;
    }

    private HttpResponseMessage Deliver(HttpResponseMessage answer)
    {
        _duration = time.GetElapsedTime(_begun);
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            // From here it is two streams of bytes, which the forwarder times itself.
            clock.Stop();
            return answer;
        }

        clock.Answered();
        answer.Content = new AnswerContent(answer.Content, clock, EndsWithAnswer ? Dispose : Release);
        return answer;
    }

    private void Release() => Interlocked.Exchange(ref _current, null)?.End();
}
