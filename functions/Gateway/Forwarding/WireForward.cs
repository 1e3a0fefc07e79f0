using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Upstreams;
using Gateway.Upstreams.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Forwarding;

/// <summary>
/// The common case of forwarding, with as little between the two sockets as can be: a request without a body to a service that is called over
/// plain HTTP/1.1. Everything else takes the way of YARP's forwarder; what a client or a service sees is the same.
/// </summary>
internal sealed class WireForward(TimeProvider time)
{
    // As often as .NET's own client sends a request again where a connection breaks before the answer.
    private const int Again = 3;

    private static readonly Version _version = HttpVersion.Version11;

    /// <summary>True: such a request can go this way.</summary>
    public static bool Takes(HttpContext context, Upstream upstream) =>
        upstream.IsWired
        && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
        && context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true }
        && context.Request.Headers.Expect.Count == 0;

    public async Task SendAsync(HttpContext context, Upstream upstream, ForwardPlan plan, ForwardShape shape)
    {
        var call = new Call(context, upstream, shape, new(upstream, time), time, plan.Deadline);
        WireConnection? connection = null;
        try
        {
            connection = await AskAsync(call);
            if (connection is null)
            {
                context.Gateway().Failure ??= ForwardFailures.Of(call.Attempts.Failure!.Value);
                return;
            }

            await AnswerAsync(call, connection);
        }
        catch (Exception exception) when (connection is not null)
        {
            Fail(context, connection.Explain(exception), exception);
            connection.Dispose();
        }
        finally
        {
            call.Attempts.Release();
            context.Gateway().Upstream = call.Attempts.Call;
        }
    }

    // Null: there is no answer, and the attempts say why.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<WireConnection?> AskAsync(Call call)
    {
        while (true)
        {
            var url = call.Attempts.Begin();
            call.AttemptBegun = call.Deadline is null ? call.Time.GetTimestamp() : call.AttemptBegun;
            var activity = CallActivity.Start(call.Trace, call.Upstream.Name, url, call.Context.Request.Method, part: null, call.Attempts.Count - 1);
            try
            {
                var connection = await AskAsync(call, url, activity);
                CallActivity.Answered(activity, connection.Answer.Status, _version);
                if (call.Attempts.Judge((HttpStatusCode)connection.Answer.Status, call.Method, content: null))
                {
                    return connection;
                }

                // Its body would have to be read to use the connection again; this one is seldom.
                connection.Dispose();
            }
            catch (WireException exception)
            {
                CallActivity.Failed(activity, exception.Failure.Error.Describe().Slug);
                if (call.Attempts.Judge(exception.Failure, call.Method, content: null))
                {
                    return null;
                }
            }
        }
    }

    // One attempt. A connection that broke before the answer may only have been closed for being idle: it is tried on another.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<WireConnection> AskAsync(Call call, UpstreamUrl url, Activity? activity)
    {
        for (var again = 0; ; again++)
        {
            var connection = url.Wires!.TryRent() ?? await url.Wires.DialAsync(call.Left, call.Context.RequestAborted);
            try
            {
                connection.Begin(call.Context.RequestAborted);
                connection.Clock.WindTo(call.Due(connection.Clock));
                call.Shape.Write(call.Context, call.Upstream, connection.Fields);
                CallActivity.Inject(activity, call.Trace, connection.Fields);
                await connection.SendAsync(connection.Fields.ToHead(call.Context.Request.Method, url.Wires.Path + call.Shape.PathAndQuery, url.Wires.HostField));
                await connection.ReadHeadAsync();
                return connection;
            }
            catch (Exception exception) when (exception is not (IOException or SocketException or ObjectDisposedException or OperationCanceledException))
            {
                // No fault of the connection's, and nothing that another would mend.
                connection.Dispose();
                throw;
            }
            catch (Exception exception)
            {
                var failure = connection.Explain(exception);
                connection.Dispose();
                if (failure.Point != FailurePoint.Broken || exception is WireException || connection.HasAnswer || !Repeats.IsIdempotent(call.Method) || again == Again)
                {
                    throw new WireException(failure, exception);
                }
            }
        }
    }

    private static async Task AnswerAsync(Call call, WireConnection connection)
    {
        var (context, answer, idle) = (call.Context, connection.Answer, call.Upstream.Config.Timeout.Idle);
        connection.Clock.Wind(idle);
        var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.Reason is { } reason && context.Features.Get<IHttpResponseFeature>() is { } feature)
        {
            feature.ReasonPhrase = reason;
        }

        PassedOnHeaders.Write(answer, response);
        var framing = BodyFraming.Of(answer, context.Request.Method);
        if (response.ContentType is { } type && type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            // A stream of events is open as soon as its header fields are there, not with its first event.
            await response.Body.FlushAsync(context.RequestAborted);
        }

        if (!framing.IsOver)
        {
            await PassBodyAsync(connection, framing, response, idle);
            if (response.HasStarted)
            {
                // With its end the server sends what waits to be sent only where it has sent nothing yet.
                await response.BodyWriter.FlushAsync();
            }
        }

        connection.End();
        if (answer.KeepsConnection && !framing.EndsWithConnection)
        {
            call.Attempts.Last!.Wires!.Return(connection);
        }
        else
        {
            connection.Dispose();
        }
    }

    private static async ValueTask PassBodyAsync(WireConnection connection, BodyFraming framing, HttpResponse response, TimeSpan idle)
    {
        await connection.CopyBodyAsync(framing, response.BodyWriter, idle);
        if (!framing.HasTrailers)
        {
            return;
        }

        try
        {
            await connection.ReadTrailersAsync();
        }
        catch
        {
            // The body waits to go out with the answer's end: what is no whole answer must look like none.
            await response.StartAsync();
            throw;
        }

        PassedOnHeaders.WriteTrailers(connection.Answer, response);
    }

    private static void Fail(HttpContext context, UpstreamFailure failure, Exception exception)
    {
        if (!context.Response.HasStarted)
        {
            // Half an answer's fields; the errors stage writes what is sent.
            context.Response.StatusCode = StatusCodes.Status200OK;
            context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = null;
        }

        // A stage that watched and refused knows better than what its refusal led to here.
        context.Gateway().Failure ??= failure switch
        {
            { Error: GatewayError.UpstreamTimeout } => new(GatewayError.UpstreamTimeout) { Detail = "The service began an answer and then fell silent." },
            { Error: GatewayError.ClientGone } => new(GatewayError.ClientGone),
            _ => new(GatewayError.UpstreamUnreachable) { Detail = "The service's answer broke off, or is not one that can be passed on." },
        };
    }

    /// <summary>What belongs to one call.</summary>
    private sealed class Call(HttpContext context, Upstream upstream, ForwardShape shape, CallAttempts attempts, TimeProvider time, TimeSpan? deadline)
    {
        public HttpContext Context => context;

        public Upstream Upstream => upstream;

        public ForwardShape Shape => shape;

        public CallAttempts Attempts => attempts;

        public TimeProvider Time => time;

        /// <summary>The route's own time until the first byte, over all attempts.</summary>
        public TimeSpan? Deadline => deadline;

        public TraceLink? Trace { get; } = context.Gateway().Trace;

        public HttpMethod Method { get; } = HttpMethod.Parse(context.Request.Method);

        /// <summary>Since then the time runs: of this attempt, or where the route has a time of its own, of all.</summary>
        public long AttemptBegun { get; set; } = time.GetTimestamp();

        /// <summary>What is left of it.</summary>
        public TimeSpan Left => FirstByte - time.GetElapsedTime(AttemptBegun) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

        private TimeSpan FirstByte => deadline ?? upstream.Config.Timeout.FirstByte;

        /// <summary>When it is up, by this clock.</summary>
        public long Due(WireClock clock) => AttemptBegun + clock.Stamps(FirstByte < CallClock.Longest ? FirstByte : CallClock.Longest);
    }
}
