using System.Net;
using Costs.Stand;
using Gateway.Forwarding;
using Gateway.Requests;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Costs.Steps;

/// <summary>Forwarding's own work, and what the rest of it would cost without ours.</summary>
internal static class ForwardingSteps
{
    public static IReadOnlyList<Step> All { get; } =
    [
        new("forward: 14 header fields to the service, and the message", Sent),
        new("forward: 5 header fields of the answer", PassedOn),
        new("forward: the whole stage, YARP's forwarder and the answer included", Stage),
        new("not ours: the context that the stand uses again", static () => Context()),
        new("not ours: the answer of the stand-in for a service", static () => new(static () => InstantService.Answer().Dispose())),
        new("not ours: YARP's forwarder alone, that answer included", Alone),
    ];

    private static PreparedStep Sent()
    {
        var reused = new ReusedContext();
        var address = IPAddress.Parse("198.51.100.7");
        var request = new GatewayRequest { Id = "0199a1b2c3d47e5f8a9b0c1d2e3f4a5b", Host = "api.example", ClientAddress = address, TrustedHops = [address] };
        var context = reused.Begin("/open/17", Fields.OfABrowser, request);
        return new(
            () =>
            {
                using var message = new HttpRequestMessage();
                SentHeaders.Write(context, new MessageFields(message));
            },
            reused);
    }

    private static PreparedStep PassedOn()
    {
        var reused = new ReusedContext();
        var context = reused.Begin("/open/17", Fields.OfABrowser, new GatewayRequest { Id = "1" });
        var answer = InstantService.Answer();
        return new(
            () =>
            {
                reused.Response.Reset();
                PassedOnHeaders.Write(answer, context.Response);
            },
            answer,
            reused);
    }

    private static PreparedStep Stage()
    {
        var stand = new GatewayStand();
        var reused = new ReusedContext();
        var stage = stand.Services.GetRequiredService<ForwardStage>().Compile(stand.Route("open"), static _ => throw new InvalidOperationException("It is the last."));
        var address = IPAddress.Parse("198.51.100.7");
        var request = new GatewayRequest { Id = "0199a1b2c3d47e5f8a9b0c1d2e3f4a5b", Host = "api.example", Path = "/open/17", ClientAddress = address, TrustedHops = [address] };
        var fields = Fields.OfAProgram();
        return new(() => Completed.Now(stage(reused.Begin("/open/17", fields, request))), stand, reused);
    }

    private static PreparedStep Context()
    {
        var reused = new ReusedContext();
        var fields = Fields.OfAProgram();
        return new(() => reused.Begin("/open/17", fields), reused);
    }

    private static PreparedStep Alone()
    {
        var stand = new GatewayStand();
        var reused = new ReusedContext();
        var forwarder = stand.Services.GetRequiredService<IHttpForwarder>();
        var service = new HttpMessageInvoker(new InstantService());
        var fields = Fields.OfAProgram();
        return new(
            () => Completed.Now(forwarder.SendAsync(reused.Begin("/open/17", fields), "http://backend.example", service, ForwarderRequestConfig.Empty, BareTransformer.Instance)),
            stand,
            reused,
            service);
    }

    // Copies nothing: what is copied is ours to say.
    private sealed class BareTransformer : HttpTransformer
    {
        private static readonly Uri _target = new("http://backend.example/open/17");

        public static BareTransformer Instance { get; } = new();

        public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            proxyRequest.RequestUri = _target;
            return default;
        }

        public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken) => new(proxyResponse is not null);
    }
}
