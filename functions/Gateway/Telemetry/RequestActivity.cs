using System.Diagnostics;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Telemetry;

/// <summary>The server span of a request, which continues the caller's trace (W3C Trace Context).</summary>
internal static class RequestActivity
{
    /// <summary>
    /// Starts the span below what <c>traceparent</c> names; a malformed one begins a new trace. Where nobody listens there is none: what services
    /// have to see of the trace is in <see cref="GatewayRequest.Trace"/>. A trace with a state of its caller's keeps its span, which carries it.
    /// </summary>
    public static Activity? Start(HttpContext context, GatewayRequest request)
    {
        var headers = context.Request.Headers;
        // Two traceparent fields are as malformed as one that does not parse.
        var traceParent = headers.TraceParent.Count == 1 ? headers.TraceParent[0] : null;
        // Whatever the server started above us is not exported with our source: the caller's span is our parent.
        Activity.Current = null;
        if (!GatewayInstruments.Activities.HasListeners() && headers.TraceState.Count == 0)
        {
            request.Trace = TraceLink.Of(traceParent);
            return null;
        }

        var hasParent = ActivityContext.TryParse(traceParent, headers.TraceState, isRemote: true, out var parent);
        return GatewayInstruments.Activities.StartActivity(context.Request.Method, ActivityKind.Server, hasParent ? parent : default)
            ?? Unrecorded(hasParent, parent);
    }

    /// <summary>Names the span and its attributes by the HTTP semantic conventions, and ends it.</summary>
    public static void Finish(Activity? activity, HttpContext context, GatewayRequest request, RequestTags tags)
    {
        if (activity is { IsAllDataRequested: true })
        {
            Describe(activity, context, request, tags);
        }

        activity?.Stop();
    }

    private static void Describe(Activity activity, HttpContext context, GatewayRequest request, RequestTags tags)
    {
        activity.DisplayName = tags.Route is null ? tags.Method : $"{tags.Method} {tags.Route}";
        activity.SetTag("http.request.method", tags.Method);
        activity.SetTag("http.response.status_code", tags.Status);
        activity.SetTag("url.scheme", tags.Scheme);
        activity.SetTag("gateway.request_id", request.Id);
        activity.SetTag("network.protocol.version", tags.ProtocolVersion);
        // SetTag with null leaves an attribute out.
        activity.SetTag("http.request.method_original", tags.Method == RequestTags.OtherMethod ? context.Request.Method : null);
        activity.SetTag("http.route", tags.Route);
        activity.SetTag("error.type", tags.ErrorType);
        if (tags.Status >= 500)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static Activity Unrecorded(bool hasParent, ActivityContext parent)
    {
        var activity = new Activity("gateway.request").SetIdFormat(ActivityIdFormat.W3C);
        if (hasParent)
        {
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
            activity.TraceStateString = parent.TraceState;
        }

        return activity.Start();
    }
}
