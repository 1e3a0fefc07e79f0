using System.Diagnostics;
using System.Globalization;
using Gateway.Requests;
using Gateway.Telemetry;

namespace Gateway.Upstreams;

/// <summary>
/// The client span of one attempt to call a service, by the HTTP semantic conventions. It says what the configuration knows: the url, whose path
/// and query may hold what a client wrote, is left out.
/// </summary>
internal static class CallActivity
{
    private static readonly HttpRequestOptionsKey<string> _part = new("gateway.part");

    private static readonly DistributedContextPropagator _propagator = DistributedContextPropagator.Current;

    private static readonly string[] _fields = [.. _propagator.Fields];

    /// <summary>Says which part of a composed answer a request is for, where anybody listens.</summary>
    public static void Name(HttpRequestMessage request, string part)
    {
        if (Activity.Current is { IsAllDataRequested: true })
        {
            request.Options.Set(_part, part);
        }
    }

    /// <summary>The part that a request is for; null: none, or nobody listens.</summary>
    public static string? PartOf(HttpRequestMessage request) => request.Options.TryGetValue(_part, out var part) ? part : null;

    /// <summary>Starts the span of one attempt.</summary>
    /// <param name="link">The trace to continue where nobody listens: a call has a place of its own in it, and needs no span. Null: there is a span.</param>
    /// <remarks>The client that sends the request makes no span of its own, which no exporter would know.</remarks>
    public static Activity? Start(TraceLink? link, string service, UpstreamUrl url, string method, string? part, int repeats)
    {
        if (link is not null)
        {
            return null;
        }

        var activity = GatewayInstruments.Activities.StartActivity("gateway.call", ActivityKind.Client) ?? Unrecorded();
        if (activity.IsAllDataRequested)
        {
            Describe(activity, service, url.Address, method, part, repeats);
        }

        return activity;
    }

    /// <summary>Sends the trace on, in place of what the client said of it.</summary>
    public static void Inject(Activity? activity, TraceLink? link, IRequestFields fields)
    {
        foreach (var field in _fields)
        {
            fields.Remove(field);
        }

        if (link is { } trace)
        {
            fields.Add("traceparent", trace.NewParent());
        }

        _propagator.Inject(activity, fields, static (carrier, name, value) => ((IRequestFields)carrier!).Add(name, value));
    }

    /// <summary>The header fields of the answer are there.</summary>
    public static void Answered(Activity? activity, int status, Version version)
    {
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("http.response.status_code", status);
            activity.SetTag("network.protocol.version", version.Major < 2 ? version.ToString(2) : version.ToString(1));
            if (status >= 400)
            {
                Fail(activity, status.ToString(CultureInfo.InvariantCulture));
            }
        }

        activity?.Stop();
    }

    /// <summary>No answer came.</summary>
    /// <param name="error">The slug of what failed.</param>
    public static void Failed(Activity? activity, string error)
    {
        if (activity is { IsAllDataRequested: true })
        {
            Fail(activity, error);
        }

        activity?.Stop();
    }

    // Nobody asks what is in it.
    private static Activity Unrecorded()
    {
        var activity = new Activity("gateway.call").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.IsAllDataRequested = false;
        return activity;
    }

    private static void Describe(Activity activity, string service, Uri address, string method, string? part, int repeats)
    {
        var known = RequestTags.KnownMethod(method);
        activity.DisplayName = $"{known} {service}";
        activity.SetTag("http.request.method", known);
        activity.SetTag("server.address", address.IdnHost);
        activity.SetTag("server.port", address.Port);
        activity.SetTag("peer.service", service);
        activity.SetTag("gateway.part", part);
        activity.SetTag("http.request.resend_count", repeats > 0 ? repeats : null);
    }

    private static void Fail(Activity activity, string error)
    {
        activity.SetTag("error.type", error);
        activity.SetStatus(ActivityStatusCode.Error);
    }
}
