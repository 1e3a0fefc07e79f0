using System.Net;
using System.Security.Cryptography;
using System.Threading.Channels;
using Azure.Data.Tables;
using Gateway.Configuration;
using Gateway.Tests.Forwarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Records;
using Tests.Shared;

namespace Gateway.Tests;

/// <summary>The whole gateway on a real socket, as a host composes it from a file: its storage is in memory, its log is kept.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-");
    private readonly Channel<string> _log = Channel.CreateUnbounded<string>();
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _allOfTheLog = new();
    private readonly WebApplication _app;

    private RunningGateway(string yaml, RunningSettings settings)
    {
        WriteConfig(yaml);
        var builder = WebApplication.CreateSlimBuilder();
        var lines = FakeLogCollector.Create(new FakeLogCollectorOptions { OutputSink = Note });
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(lines));
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = null;
            server.Listen(IPAddress.Loopback, 0);
            settings.Server?.Invoke(server);
        });
        Tables.Time = settings.Clock ?? TimeProvider.System;
        builder.Services.AddSingleton<TableServiceClient>(Tables).AddSingleton<IPepperSource>(new FixedPeppers(Peppers));
        settings.Services?.Invoke(builder.Services);
        builder.Services.AddGateway(new() { ConfigPath = ConfigPath, Environment = name => settings.Environment.GetValueOrDefault(name), SecretRefresh = settings.SecretRefresh });
        if (settings.Clock is { } clock)
        {
            builder.Services.AddSingleton(clock).Remove(builder.Services.Single(service => service.ImplementationType == typeof(ConfigWatcher)));
        }

        _app = builder.Build();
        if (settings.Clock is not null)
        {
            Services.GetRequiredService<ConfigReloader>().Start();
        }

        _app.Run(GatewayPipeline.Build(_app.Services));
    }

    public FakeTables Tables { get; } = new();

    public Peppers Peppers { get; } = new(new Pepper(1, RandomNumberGenerator.GetBytes(Pepper.MinimumBytes)));

    public IServiceProvider Services => _app.Services;

    public string Url => _app.Urls.Single();

    public int Port => new Uri(Url).Port;

    private string ConfigPath => Path.Combine(_folder.FullName, "gateway.yaml");

    public static async Task<RunningGateway> StartAsync(string yaml, RunningSettings settings)
    {
        var gateway = new RunningGateway(yaml, settings);
        await gateway._app.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    /// <summary>Replaces the configuration file as a whole.</summary>
    public void WriteConfig(string yaml)
    {
        File.WriteAllText(ConfigPath + ".new", yaml);
        File.Move(ConfigPath + ".new", ConfigPath, overwrite: true);
    }

    /// <summary>Sends these bytes on a connection of their own and reads what comes until the gateway closes it.</summary>
    public async Task<WireAnswer> SendAsync(string request)
    {
        var peer = await RawPeer.ConnectAsync(Port);
        await peer.SendAsync(request);
        return WireAnswer.Parse(await peer.ReadToEndAsync() ?? throw new IOException("The gateway reset the connection."));
    }

    /// <summary>One request, such as "GET /path"; <paramref name="fields"/> are whole lines of its header.</summary>
    public Task<WireAnswer> AskAsync(string line, IEnumerable<string>? fields = null, string body = "", string host = "test") =>
        SendAsync($"{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{string.Concat((fields ?? []).Select(field => $"{field}\r\n"))}\r\n{body}");

    /// <summary>The next line of the log that holds this text.</summary>
    public async Task<string> LogLineAsync(string text)
    {
        await foreach (var line in _log.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException("The log has ended.");
    }

    /// <summary>Every line that was logged so far.</summary>
    public IReadOnlyCollection<string> LogSoFar() => _allOfTheLog;

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void Note(string line)
    {
        _allOfTheLog.Enqueue(line);
        _log.Writer.TryWrite(line);
    }
}

/// <summary>What a test adds to the host.</summary>
internal sealed record RunningSettings
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Registered before the gateway's own, which leave them be.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    public Action<KestrelServerOptions>? Server { get; init; }

    /// <inheritdoc cref="GatewayOptions.SecretRefresh"/>
    public TimeSpan SecretRefresh { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A clock that the test moves. The file is then read once: looking at it twice a second takes long when days pass.</summary>
    public TimeProvider? Clock { get; init; }
}
