using System.Diagnostics;
using System.Net;
using Gateway.Errors;
using Gateway.Requests;

namespace Gateway.Upstreams;

/// <summary>One call to a service by .NET's client, with all its attempts.</summary>
internal sealed class Exchange(Upstream upstream, CallClock clock, TimeProvider time) : IDisposable
{
    private readonly CallAttempts _attempts = new(upstream, time);

    public CallClock Clock => clock;

    /// <summary>The whole call ends when the answer is let go of; nobody else ends it.</summary>
    public bool EndsWithAnswer { get; init; }

    /// <summary>The trace that the call continues; null: that of the activity.</summary>
    public TraceLink? Trace { get; init; }

    /// <inheritdoc cref="CallAttempts.Failure"/>
    public UpstreamFailure? Failure => _attempts.Failure;

    /// <inheritdoc cref="CallAttempts.Call"/>
    public UpstreamCall Call => _attempts.Call;

    /// <summary>Returns when an answer's header fields are there. What the handler throws is passed on; <see cref="Failure"/> says what it means.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<Uri, HttpRequestMessage> create, CancellationToken cancellation)
    {
        var token = upstream.Token is null ? null : await TokenAsync(upstream.Token, cancellation);
        while (true)
        {
            var url = _attempts.Begin();
            clock.AttemptBegins();
            var request = create(url.Address);
            var fields = new MessageFields(request);
            if (token is not null)
            {
                // After every rule: nothing that a client or a route says stands in its place or beside it.
                fields.Set(CredentialRules.Field, token);
            }

            var activity = CallActivity.Start(Trace, upstream.Name, url, request.Method.Method, CallActivity.PartOf(request), _attempts.Count - 1);
            CallActivity.Inject(activity, Trace, fields);
            try
            {
                var answer = RequireStatus(await upstream.Handler.SendAsync(request, cancellation));
                CallActivity.Answered(activity, (int)answer.StatusCode, answer.Version);
                if (!_attempts.Judge(answer.StatusCode, request.Method, request.Content))
                {
                    answer.Dispose();
                    continue;
                }

                return Deliver(answer);
            }
            catch (Exception exception)
            {
                if (!Judge(activity, exception, request))
                {
                    continue;
                }

                throw;
            }
        }
    }

    public void Dispose()
    {
        _attempts.Release();
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
            _attempts.FailBefore(clock.Caller.IsCancellationRequested ? UpstreamFailure.Of(exception, clock, null) : new(GatewayError.IdentityUnavailable, FailurePoint.Ourselves));
            throw;
        }
    }

    private bool Judge(Activity? activity, Exception exception, HttpRequestMessage request)
    {
        var failure = UpstreamFailure.Of(exception, clock, request.Content as SentContent);
        CallActivity.Failed(activity, failure.Error.Describe().Slug);
        return _attempts.Judge(failure, request.Method, request.Content);
    }

    private HttpResponseMessage Deliver(HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            // From here it is two streams of bytes, which the forwarder times itself.
            clock.Stop();
            return answer;
        }

        clock.Answered();
        answer.Content = new AnswerContent(answer.Content, clock, EndsWithAnswer ? Dispose : _attempts.Release);
        return answer;
    }
}
