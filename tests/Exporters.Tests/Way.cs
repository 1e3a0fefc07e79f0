using Exporters.Tests.Otlp;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tests.Shared;

namespace Exporters.Tests;

/// <summary>A way by which telemetry goes.</summary>
public enum Way
{
    AzureMonitor,
    OtlpHttp,
    OtlpGrpc,
}

internal static class Ways
{
    public static IReadOnlyDictionary<string, string?> To(this Way way, string url) => way switch
    {
        Way.AzureMonitor => new Dictionary<string, string?>
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={url}",
            ["OTEL_TRACES_SAMPLER"] = "microsoft.fixed_percentage",
            ["OTEL_TRACES_SAMPLER_ARG"] = "1",
        },
        Way.OtlpHttp => new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" },
        _ => new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url },
    };

    public static Task<Collector> CollectorAsync(this Way way) => Collector.StartAsync(way == Way.OtlpGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1);

    public static Telemetry Read(this Way way, Collector collector) =>
        way == Way.AzureMonitor ? AzureMonitorReading.Read(collector.All) : OtlpReading.Read(collector.All);
}
