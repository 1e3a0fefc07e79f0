using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Exporters;

/// <summary>Sends traces, metrics and the log's warnings to where the environment says.</summary>
public static class ExportersRegistration
{
    // The name of the source and the meter in every library of ours.
    private const string Ours = "ServerlessGateway";

    // The same as without exporters: what these say at a lower level, the gateway counts and says itself.
    private static readonly (string Category, LogLevel From)[] _logged =
    [
        ("", LogLevel.Warning),
        ("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error),
        ("Yarp", LogLevel.Error),
    ];

    /// <summary>
    /// Adds an exporter to Azure Monitor where APPLICATIONINSIGHTS_CONNECTION_STRING is set, and one of OTLP where OTEL_EXPORTER_OTLP_ENDPOINT is, read from the host's
    /// configuration. Null: neither is, and nothing was added. A function app adds UseFunctionsWorkerDefaults to what is returned.
    /// </summary>
    /// <exception cref="ExporterSettingException">A setting is wrong.</exception>
    public static OpenTelemetryBuilder? AddExporters(this IHostApplicationBuilder builder, string serviceName)
    {
        var azureMonitor = AzureMonitorSettings.Read(builder.Configuration);
        var hasOtlp = OtlpSettings.Read(builder.Configuration);
        if (azureMonitor is null && !hasOtlp)
        {
            return null;
        }

        foreach (var (category, from) in _logged)
        {
            builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(category, from);
        }

        var instance = Guid.NewGuid().ToString();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, serviceName, instance))
            .WithTracing(traces => traces.AddSource(Ours).AddProcessor<CallersState>())
            .WithMetrics(metrics => metrics.AddMeter(Ours))
            .WithLogging(_ => { }, Log);
        azureMonitor?.AddTo(telemetry);
        if (hasOtlp)
        {
            telemetry.UseOtlpExporter();
        }

        return telemetry;
    }

    // What the user says in OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES is read last, and so wins.
    private static void Describe(ResourceBuilder resource, string serviceName, string instance) => resource
        .AddService(serviceName, serviceVersion: Version(), serviceInstanceId: instance)
        .AddEnvironmentVariableDetector();

    private static string Version() =>
        typeof(ExportersRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static void Log(OpenTelemetryLoggerOptions options)
    {
        options.IncludeFormattedMessage = true;
        // A server's scopes hold the path.
        options.IncludeScopes = false;
    }
}
