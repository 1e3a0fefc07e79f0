using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Threading.Channels;
using Azure.Data.Tables;
using Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Records;
using Tests.Shared;

namespace Exporters.Tests;

/// <summary>The whole gateway on a real socket with two services behind it, as a host composes it with exporters.</summary>
internal sealed class ExportingGateway : IAsyncDisposable
{
    public const string ServiceName = "front-door";

    private const string Config = """
        version: 1
        services:
          orders: "${env:SERVICE}"
          customers: "${env:SERVICE}"
        defaults: { auth: apiKey }
        routes:
          overview:
            match: GET /overview/{customer}
            compose:
              profile: GET customers:/customers/{customer}
              orders: GET orders:/orders?customer={customer}
              loyalty: GET customers:/loyalty/{customer}
          order: { match: "GET /orders/{id}", forward: orders }
          ping: { match: GET /ping, auth: anonymous, respond: { status: 204 } }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-");
    private readonly Channel<string> _served = Channel.CreateUnbounded<string>();
    private readonly FakeTables _tables = new();
    private readonly WebApplication _services;
    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    private ExportingGateway(WebApplication services, IReadOnlyDictionary<string, string?> settings)
    {
        _services = services;
        Peppers = new(new Peppers(new(1, PepperBytes)));
        File.WriteAllText(Path.Combine(_folder.FullName, "gateway.yaml"), Config);
        var builder = Slim();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton<TableServiceClient>(_tables).AddSingleton<IPepperSource>(Peppers);
        builder.Services.AddGateway(new() { ConfigPath = Path.Combine(_folder.FullName, "gateway.yaml"), Environment = _ => services.Urls.Single() });
        builder.AddExporters(ServiceName);
        _app = builder.Build();
        var way = GatewayPipeline.Build(_app.Services);
        _app.Run(async context =>
        {
            await way(context);
            _served.Writer.TryWrite(context.Request.Path);
        });
        ApiKey = AddKey();
    }

    public string ApiKey { get; }

    public byte[] PepperBytes { get; } = RandomNumberGenerator.GetBytes(Pepper.MinimumBytes);

    public BreakablePeppers Peppers { get; }

    public static async Task<ExportingGateway> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var services = Slim().Build();
        services.Run(context => context.Response.WriteAsJsonAsync(new { path = context.Request.Path.Value }));
        await services.StartAsync(TestContext.Current.CancellationToken);
        var gateway = new ExportingGateway(services, settings);
        await gateway._app.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    /// <summary>One request below a span of the caller's own; returns when nothing more will be said of it.</summary>
    public async Task<HttpStatusCode> GetAsync(string target, ActivityTraceId trace, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _app.Urls.Single() + target);
        request.Headers.Add("traceparent", $"00-{trace}-{CallerSpan}-01");
        foreach (var (name, value) in fields)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        await _served.Reader.ReadAsync(TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public const string CallerSpan = "b7ad6b7169203331";

    /// <summary>Sends what the exporters hold. False: it was not taken.</summary>
    public bool Flush() => new[]
    {
        _app.Services.GetService<TracerProvider>()?.ForceFlush(),
        _app.Services.GetService<MeterProvider>()?.ForceFlush(),
        _app.Services.GetService<LoggerProvider>()?.ForceFlush(),
    }.All(flushed => flushed ?? true);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static WebApplicationBuilder Slim()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        return builder;
    }

    private string AddKey()
    {
        var pepper = new Pepper(1, PepperBytes);
        var text = ApiKeyText.Create(ApiKeyKind.Live, pepper);
        Plant(new ConsumerRecord { Name = "ada", Created = DateTimeOffset.UnixEpoch, Keys = [text.Id] });
        Plant(new KeyRecord { Id = text.Id, Kind = text.Kind, Consumer = "ada", Created = DateTimeOffset.UnixEpoch, PepperVersion = 1, SecretHash = text.HashSecret(pepper) });
        return text.Reveal();
    }

    private void Plant<TRecord>(TRecord record)
        where TRecord : class, ITableRecord<TRecord> =>
        _tables[TRecord.Table].Plant(new TableEntity(record.ToRow()) { PartitionKey = record.Address.PartitionKey, RowKey = record.Address.RowKey });
}
