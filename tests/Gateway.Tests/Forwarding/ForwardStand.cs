using System.Net;
using Gateway.Errors;
using Gateway.Forwarding;
using Gateway.Requests;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Forwarding;

/// <summary>A real server that does nothing but forward, and a client to it.</summary>
internal sealed class ForwardStand : IAsyncDisposable
{
    private readonly TestServer _front;
    private readonly ServiceProvider _services;

    private ForwardStand(TestServer front, ServiceProvider services, HttpProtocols protocols)
    {
        _front = front;
        _services = services;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri(front.Url),
            DefaultRequestVersion = protocols == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public HttpClient Client { get; }

    public int Port => _front.Port;

    public string Url => _front.Url;

    /// <summary>What the stages left behind, in the order in which the requests ended.</summary>
    public System.Threading.Channels.Channel<GatewayRequest> Ended { get; } = System.Threading.Channels.Channel.CreateUnbounded<GatewayRequest>();

    public static async Task<ForwardStand> StartAsync(StandSettings settings)
    {
        var services = Services(settings);
        var route = settings.Route();
        var forward = services.GetRequiredService<ForwardStage>().Compile(route, _ => throw new InvalidOperationException("An action has no next."));
        var errors = new ErrorsMiddleware(settings.Before is { } before ? context => before(context, forward) : forward, NullLogger<ErrorsMiddleware>.Instance);
        ForwardStand? stand = null;
        var front = await TestServer.StartAsync(
            async context =>
            {
                Begin(context, settings);
                await errors.InvokeAsync(context);
                stand!.Ended.Writer.TryWrite(context.Gateway());
            },
            settings.Protocols);
        return stand = new ForwardStand(front, services, settings.Protocols);
    }

    public static ServiceProvider Services(StandSettings settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton(settings.Time);
        services.AddSingleton(new Random(1));
        if (settings.Handlers is { } handlers)
        {
            services.AddSingleton(handlers);
        }

        services.AddForwarding();
        return services.BuildServiceProvider();
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        request.Version = Client.DefaultRequestVersion;
        request.VersionPolicy = Client.DefaultVersionPolicy;
        return await Client.SendAsync(request, completion, TestContext.Current.CancellationToken);
    }

    public async Task<string> GetStringAsync(string pathAndQuery) =>
        await Client.GetStringAsync(new Uri(Url + pathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), TestContext.Current.CancellationToken);

    public Task<GatewayRequest> NextEndedAsync() => Ended.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _front.DisposeAsync();
        await _services.DisposeAsync();
    }

    // What telemetry and hygiene do before.
    private static void Begin(HttpContext context, StandSettings settings)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var request = new GatewayRequest
        {
            Id = "request-1",
            Path = question < 0 ? target : target[..question],
            Query = question < 0 ? "" : target[question..],
            Scheme = "https",
            Host = context.Request.Host.Value ?? "",
            ClientAddress = context.Connection.RemoteIpAddress ?? IPAddress.None,
        };
        settings.Prepare?.Invoke(request);
        context.Features.Set(request);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[GatewayHeaders.RequestId] = request.Id;
            return Task.CompletedTask;
        });
    }
}

/// <summary>What a stand forwards, and how.</summary>
internal sealed record StandSettings
{
    public required ServiceConfig Service { get; init; }

    public ForwardConfig Forward { get; init; } = new() { To = new Dictionary<string, int> { ["backend"] = 100 } };

    public TimeSpan? Timeout { get; init; }

    public HttpProtocols Protocols { get; init; } = HttpProtocols.Http1;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IUpstreamHandlers? Handlers { get; init; }

    /// <summary>What an earlier stage would have found out.</summary>
    public Action<GatewayRequest>? Prepare { get; init; }

    /// <summary>A stage before the action.</summary>
    public Func<HttpContext, RequestDelegate, Task>? Before { get; init; }

    public static StandSettings To(params string[] urls) => new() { Service = new() { Urls = urls } };

    public EffectiveRoute Route() => new()
    {
        Name = "test",
        Matches = [],
        Forward = Forward,
        Timeout = Timeout,
        Config = new GatewayConfig { Version = 1, Services = new Dictionary<string, ServiceConfig> { ["backend"] = Service } },
    };
}
