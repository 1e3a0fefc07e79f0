using Azure.Core;
using Gateway.Addresses;
using Gateway.Authentication;
using Gateway.Authentication.ApiKeys;
using Gateway.Authorization;
using Gateway.Bodies;
using Gateway.Composition;
using Gateway.Configuration;
using Gateway.Cors;
using Gateway.Forwarding;
using Gateway.Limits;
using Gateway.Releases;
using Gateway.Responding;
using Gateway.ResponseRules;
using Gateway.Secrets;
using Gateway.Telemetry;
using Gateway.Upstreams;
using Mesh;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway;

/// <summary>What the data plane registers, in the order of the pipeline.</summary>
public static class GatewayServices
{
    /// <summary>
    /// Registers the gateway. The host adds what belongs to the place: a TableServiceClient, an IPepperSource, logging; a BlobServiceClient where it is to
    /// follow releases; a SecretClient under <see cref="GatewaySecrets.ClientKey"/> where configurations name secrets; a TokenCredential where services want a
    /// token of the gateway's own identity. Starting the host loads the configuration; a broken one stops the start with a <see cref="ConfigException"/> that
    /// lists every mistake.
    /// </summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<KestrelServerOptions>(static server => server.ResponseHeaderEncodingSelector = static _ => PassedOnHeaders.ValueEncoding);
        return services
            .AddSingleton(options)
            .AddTelemetry()
            .AddConfiguration(provider => new(
                options.ConfigPath,
                options.Environment,
                [new OwnMeshRule(provider.GetService<MeshOptions>()), new OwnIdentityRule(provider.GetService<TokenCredential>() is not null), .. HostRules.Of(options.Host)])
            {
                Loaded = options.Loaded,
            })
            .AddSecrets(options.SecretRefresh)
            .AddSingleton<ISnapshotCompiler, SnapshotCompiler>()
            .AddReleases()
            .AddAddresses()
            .AddCorsRules()
            .AddApiKeys()
            .AddTokenAuthentication()
            .AddAuthorizationRules()
            .AddLimits()
            .AddBodies()
            .AddResponseRules()
            .AddForwarding()
            .AddComposition()
            .AddResponding();
    }
}
