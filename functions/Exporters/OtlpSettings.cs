using Microsoft.Extensions.Configuration;

namespace Exporters;

/// <summary>Whether telemetry goes to a collector that speaks OTLP. The package reads the settings itself, and falls back in silence where they are wrong.</summary>
internal static class OtlpSettings
{
    public const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>False: not asked for.</summary>
    public static bool Read(IConfiguration configuration)
    {
        if (configuration[Variable] is not { Length: > 0 } endpoint)
        {
            return false;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            throw new ExporterSettingException(Variable, "It is not an http or https address.", "Write the collector's, such as http://localhost:4317, or remove the variable.");
        }

        if (configuration[ProtocolVariable] is { Length: > 0 } and not ("grpc" or "http/protobuf"))
        {
            throw new ExporterSettingException(ProtocolVariable, "This protocol is not known.", "Write grpc or http/protobuf, or remove the variable: then it is grpc.");
        }

        return true;
    }
}
