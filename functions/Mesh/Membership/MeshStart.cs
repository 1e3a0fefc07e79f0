using Azure.Data.Tables;
using Azure.Security.KeyVault.Secrets;
using Mesh.Health;
using Mesh.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mesh.Membership;

/// <summary>Before the process becomes a member: bad settings stop the start.</summary>
internal sealed class MeshStart(MeshOptions options, IServiceProviderIsKeyedService registered, TrustMetrics metrics, IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var hasVault = registered.IsService(typeof(SecretClient)) || registered.IsKeyedService(typeof(SecretClient), MeshServices.ClientKey);
        var hasTables = registered.IsService(typeof(TableServiceClient)) || registered.IsKeyedService(typeof(TableServiceClient), MeshServices.ClientKey);
        if (MeshOptionsRules.Check(options, hasVault, hasTables).ToList() is { Count: > 0 } errors)
        {
            throw new MeshOptionsException(errors);
        }

        metrics.Observe(options.Service, services.GetRequiredService<MeshStatus>(), services.GetRequiredService<TimeProvider>());
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
