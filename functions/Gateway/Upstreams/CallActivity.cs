using System.Diagnostics;
using System.Globalization;
using Gateway.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Upstreams;

/// <summary>
/// The client span of one attempt to call a service, by the HTTP semantic conventions. It says what the configuration knows: the url, whose path
/// and query may hold what a client wrote, is left out.
/// </summary>
internal static class CallActivity
{
    private static readonly HttpRequestOptionsKey<string> _part = new("gateway.part");

    // What the client sent beside the trace of ours is removed.
    private static readonly ReverseProxyPropagator _propagator = new(DistributedContextPropagator.Current);

    /// <summary>Says which part of a composed answer a request is for, where anybody listens.</summary>
    public static void Name(HttpRequestMessage request, string part)
    {
        if (Activity.Current is { IsAllDataRequested: true })
        {
            request.Options.Set(_part, part);
        }
    }

    /// <summary>
    /// Starts the span and sends the trace on below it. There always is one, listened to or not, so that each call is told from the others;
    /// the client that sends it makes none of its own, which no exporter would know.
    /// </summary>
    public static Activity Start(string service, UpstreamUrl url, HttpRequestMessage request, int repeats)
    {
        var activity = GatewayInstruments.Activities.StartActivity("gateway.call", ActivityKind.Client) ?? new Activity("gateway.call").SetIdFormat(ActivityIdFormat.W3C).Start();
        if (activity.IsAllDataRequested)
        {
            Describe(activity, service, url.Address, request, repeats);
        }

        _propagator.Inject(activity, request, static (message, name, value) => ((HttpRequestMessage)message!).Headers.TryAddWithoutValidation(name, value));
        return activity;
    }

    /// <summary>The header fields of the answer are there.</summary>
    public static void Answered(Activity activity, HttpResponseMessage answer)
    {
        if (activity.IsAllDataRequested)
        {
            var status = (int)answer.StatusCode;
            activity.SetTag("http.response.status_code", status);
            activity.SetTag("network.protocol.version", answer.Version.Major < 2 ? answer.Version.ToString(2) : answer.Version.ToString(1));
            if (status >= 400)
            {
                Fail(activity, status.ToString(CultureInfo.InvariantCulture));
            }
        }

        activity.Stop();
    }

    /// <summary>No answer came.</summary>
    /// <param name="error">The slug of what failed.</param>
    public static void Failed(Activity activity, string error)
    {
        if (activity.IsAllDataRequested)
        {
            Fail(activity, error);
        }

        activity.Stop();
    }

    private static void Describe(Activity activity, string service, Uri address, HttpRequestMessage request, int repeats)
    {
        var method = RequestTags.KnownMethod(request.Method.Method);
        activity.DisplayName = $"{method} {service}";
        activity.SetTag("http.request.method", method);
        activity.SetTag("server.address", address.IdnHost);
        activity.SetTag("server.port", address.Port);
        activity.SetTag("peer.service", service);
        activity.SetTag("gateway.part", request.Options.TryGetValue(_part, out var part) ? part : null);
        activity.SetTag("http.request.resend_count", repeats > 0 ? repeats : null);
    }

    private static void Fail(Activity activity, string error)
    {
        activity.SetTag("error.type", error);
        activity.SetStatus(ActivityStatusCode.Error);
    }
}
