using System.Net;
using Gateway.Requests;
using Microsoft.Extensions.Logging;

namespace Gateway.Upstreams;

/// <inheritdoc/>
internal sealed partial class Upstream : IUpstream
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public Upstream(string name, ServiceConfig config, UpstreamParts parts)
    {
        Name = name;
        Config = config;
        Metrics = parts.Metrics;
        Handler = new HttpMessageInvoker(parts.Handlers.Create(name, config));
        Repeats = new Repeats(config.Retry, config.Urls.Count > 1);
        Urls = [.. config.Urls.Select(url => new UpstreamUrl(new Uri(url), config.Eject, parts.Time))];
        if (parts.Handlers.Wire(config) is { } dial)
        {
            IsWired = true;
            foreach (var url in Urls)
            {
                url.Wires = new(url.Address, dial, config.Timeout, parts.Time);
            }
        }

        Balancer = new Balancer(config.Balance, Urls, parts.Random);
        _time = parts.Time;
        _logger = parts.Logger;
        Headers = new ServiceHeaders(config, parts.Secrets);
        Token = config.Credential is { } credential ? parts.Tokens.For(credential.ManagedIdentity) : null;
    }

    public string Name { get; }

    public ServiceConfig Config { get; }

    internal IReadOnlyList<UpstreamUrl> Urls { get; }

    /// <summary>Its addresses have connections of our own.</summary>
    internal bool IsWired { get; }

    internal Balancer Balancer { get; }

    internal Repeats Repeats { get; }

    internal ServiceHeaders Headers { get; }

    /// <summary>What says who we are; null: nothing of ours is sent.</summary>
    internal OwnToken? Token { get; }

    internal UpstreamMetrics Metrics { get; }

    // Never disposed: a service that a reload replaced finishes what it has begun, its idle connections close by themselves, and
    // what is left goes with the last configuration that names it.
    internal HttpMessageInvoker Handler { get; }

    /// <summary>Begins a call whose bodies are streamed. A <paramref name="deadline"/> stands for the service's first-byte time.</summary>
    internal Exchange Begin(TraceLink? trace, TimeSpan? deadline, CancellationToken caller) =>
        new(this, new CallClock(Config.Timeout, deadline, _time, caller), _time) { Trace = trace };

    public async Task<HttpResponseMessage> SendAsync(Func<Uri, HttpRequestMessage> create, TraceLink? trace, TimeSpan? deadline, CancellationToken cancellation)
    {
        var exchange = new Exchange(this, new CallClock(Config.Timeout, deadline, _time, cancellation), _time) { EndsWithAnswer = true, Trace = trace };
        try
        {
            var answer = await exchange.SendAsync(url => Prepare(create(url)), exchange.Clock.Token);
            // The one who reads the body has a deadline of its own.
            exchange.Clock.Stop();
            return answer;
        }
        catch (Exception exception)
        {
            var failure = exchange.Failure;
            exchange.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw failure is null ? exception : new UpstreamException(failure.Value.Error, $"{Name}: {failure.Value.Point}", exception);
        }
    }

    internal void Failed(UpstreamUrl url)
    {
        if (url.Failed())
        {
            Metrics.Ejected(Name);
            Log.Ejected(_logger, Name, url.Address.Authority, Config.Eject.After, Config.Eject.For);
        }
    }

    private HttpRequestMessage Prepare(HttpRequestMessage request)
    {
        (request.Version, request.VersionPolicy) = Versions(Config.Protocol);
        Headers.Apply(new MessageFields(request));
        return request;
    }

    /// <summary>auto asks for HTTP/2, which plain http cannot negotiate and so becomes HTTP/1.1.</summary>
    internal static (Version Version, HttpVersionPolicy Policy) Versions(HttpProtocol protocol) => protocol switch
    {
        HttpProtocol.Http1 => (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact),
        HttpProtocol.Http2 => (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact),
        _ => (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower),
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Service}: {Url} is set aside for {Time} after {Failures} failures in a row.")]
        public static partial void Ejected(ILogger logger, string service, string url, int failures, TimeSpan time);
    }
}
