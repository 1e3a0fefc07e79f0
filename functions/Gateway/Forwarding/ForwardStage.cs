using Gateway.Requests;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;
using HttpProtocol = Gateway.Upstreams.HttpProtocol;

namespace Gateway.Forwarding;

/// <summary>The action that passes a request on to a service and its answer back, both as streams.</summary>
internal sealed class ForwardStage(IHttpForwarder forwarder, Upstreams.Upstreams upstreams, Random random, TimeProvider time) : IRouteStage
{
    private readonly WireForward _wire = new(time);

    // Our own clock ends calls; the forwarder's counts on an upgraded connection, and must not be first elsewhere.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        if (route.Forward is not { } forward)
        {
            return next;
        }

        var plan = new ForwardPlan(route, forward, upstreams);
        return context => ForwardAsync(context, plan);
    }

    private Task ForwardAsync(HttpContext context, ForwardPlan plan)
    {
        if (plan.Shape(context, out var failure) is not { } shape)
        {
            return context.Refuse(failure!);
        }

        var upstream = plan.Choose(random);
        return WireForward.Takes(context, upstream) ? _wire.SendAsync(context, upstream, plan, shape) : SendAsync(context, upstream, plan, shape);
    }

    private async Task SendAsync(HttpContext context, Upstream upstream, ForwardPlan plan, ForwardShape shape)
    {
        using var exchange = upstream.Begin(context.Gateway().Trace, plan.Deadline, context.RequestAborted);
        using var invoker = new ForwardInvoker(context, upstream, exchange, shape);
        var transformer = new ForwardTransformer();
        try
        {
            var prefix = upstream.Urls[0].Address.GetLeftPart(UriPartial.Authority);
            var error = await forwarder.SendAsync(context, prefix, invoker, Settings(context, upstream, plan), transformer, exchange.Clock.Token);
            if (error != ForwarderError.None && !transformer.IsComplete)
            {
                Fail(context, exchange, error);
            }
        }
        finally
        {
            context.Gateway().Upstream = exchange.Call;
        }
    }

    private static ForwarderRequestConfig Settings(HttpContext context, Upstream upstream, ForwardPlan plan)
    {
        // A WebSocket is an HTTP/1.1 upgrade; CONNECT, which would be one over HTTP/2 (RFC 8441), is refused before.
        var protocol = upstream.Config.Protocol == HttpProtocol.Auto && IsUpgrade(context) ? HttpProtocol.Http1 : upstream.Config.Protocol;
        var (version, policy) = Upstream.Versions(protocol);
        var timeout = upstream.Config.Timeout;
        var longest = new[] { timeout.Idle, timeout.FirstByte, plan.Deadline ?? TimeSpan.Zero }.Max();
        longest = longest < CallClock.Longest ? longest : CallClock.Longest;
        return new() { Version = version, VersionPolicy = policy, ActivityTimeout = longest + Margin };
    }

    private static bool IsUpgrade(HttpContext context) => context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    private static void Fail(HttpContext context, Exchange exchange, ForwarderError error)
    {
        var request = context.Gateway();
        if (!context.Response.HasStarted)
        {
            // The forwarder leaves a status of its own and half an answer's fields; the errors stage writes what is sent.
            context.Response.StatusCode = StatusCodes.Status200OK;
        }

        // A stage that watched the body and refused it knows better than what its refusal led to here.
        request.Failure ??= ForwardFailures.Of(context, exchange, error);
    }
}
