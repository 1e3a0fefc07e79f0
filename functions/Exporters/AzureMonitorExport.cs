using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;

namespace Exporters;

/// <summary>Telemetry to Azure Monitor.</summary>
internal static class AzureMonitorExport
{
    // What is not taken by then is tried again by the package; a batch that waits longer only holds up the next.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    public static void AddTo(this AzureMonitorSettings settings, OpenTelemetryBuilder telemetry)
    {
        var credential = settings.Identity is { } identity ? new ManagedIdentityCredential(identity) : null;
        telemetry
            .WithTracing(traces => traces.AddAzureMonitorTraceExporter(Configure))
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Configure))
            .WithLogging(logs => logs.AddAzureMonitorLogExporter(Configure));

        void Configure(AzureMonitorExporterOptions options)
        {
            options.ConnectionString = settings.ConnectionString;
            options.Credential = credential;
            options.TracesPerSecond = settings.Sampling.TracesPerSecond;
            options.SamplingRatio = settings.Sampling.Share ?? 1;
            // A failure is told of even where its trace is left out.
            options.EnableTraceBasedLogsSampler = false;
            // An instance and its disk end together: what is kept there is never sent, and may lie there.
            options.DisableOfflineStorage = true;
            // These cost while idle, and the platform has its own.
            options.EnableLiveMetrics = false;
            options.EnablePerformanceCounters = false;
            options.Retry.NetworkTimeout = _patience;
        }
    }
}
