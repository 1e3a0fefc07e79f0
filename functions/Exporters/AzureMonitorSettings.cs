using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Exporters;

/// <summary>Where and as whom telemetry goes to Azure Monitor.</summary>
internal sealed record AzureMonitorSettings(string ConnectionString)
{
    public const string ConnectionVariable = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public const string IdentityVariable = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    private const string CopyIt = "Copy the whole connection string from the overview of the Application Insights resource, or remove the variable.";

    private const string WriteIt = "Write ClientId=<client id of the managed identity>;Authorization=AAD, or remove the variable.";

    /// <summary>The managed identity that proves us. Null: the connection string's key alone.</summary>
    public ManagedIdentityId? Identity { get; init; }

    public Sampling Sampling { get; init; } = Sampling.Default;

    /// <summary>Null: not asked for.</summary>
    public static AzureMonitorSettings? Read(IConfiguration configuration)
    {
        if (configuration[ConnectionVariable] is not { Length: > 0 } connection)
        {
            return null;
        }

        RequireConnection(SettingPairs.Parse(connection) ?? throw Wrong(ConnectionVariable, "It is not a list of Name=value, separated by semicolons.", CopyIt));
        return new(connection) { Identity = ReadIdentity(configuration[IdentityVariable]), Sampling = Sampling.Read(configuration) };
    }

    private static void RequireConnection(SettingPairs pairs)
    {
        if (pairs["InstrumentationKey"] is not { } key)
        {
            throw Wrong(ConnectionVariable, "It has no InstrumentationKey.", CopyIt);
        }

        if (!Guid.TryParse(key, out _))
        {
            throw Wrong(ConnectionVariable, "Its InstrumentationKey is not a GUID.", CopyIt);
        }

        if (pairs["IngestionEndpoint"] is { } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))))
        {
            throw Wrong(ConnectionVariable, "Its IngestionEndpoint is not an https address.", CopyIt);
        }
    }

    private static ManagedIdentityId? ReadIdentity(string? text)
    {
        if (text is not { Length: > 0 })
        {
            return null;
        }

        var pairs = SettingPairs.Parse(text);
        if (!string.Equals(pairs?["Authorization"], "AAD", StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong(IdentityVariable, "It does not say Authorization=AAD.", WriteIt);
        }

        return pairs!["ClientId"] switch
        {
            null => ManagedIdentityId.SystemAssigned,
            var client when Guid.TryParse(client, out _) => ManagedIdentityId.FromUserAssignedClientId(client),
            _ => throw Wrong(IdentityVariable, "Its ClientId is not a GUID.", WriteIt),
        };
    }

    private static ExporterSettingException Wrong(string setting, string problem, string remedy) => new(setting, problem, remedy);
}
