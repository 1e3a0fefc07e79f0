using Azure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mesh.Local;

/// <summary>Stops the start where the local host that wrote the file does not run any more: on a laptop nobody would look for that in a log.</summary>
/// <param name="options">Asked for first, so that wrong settings are what is told of.</param>
/// <param name="file">The file.</param>
/// <param name="clients">Its clients.</param>
/// <param name="logger">Says what this process is.</param>
internal sealed partial class LocalLook(MeshOptions options, LocalFile file, LocalClients clients, ILogger<LocalLook> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await FaultAsync(cancellationToken) is { } fault)
        {
            throw new MeshOptionsException([file.At(fault)]);
        }

        Log.IsMember(logger, options.Service, options.TrustDomain, file.Path);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string?> FaultAsync(CancellationToken cancellation)
    {
        try
        {
            // Their names only: no key is fetched for a look.
            await foreach (var _ in clients.Vault.GetPropertiesOfSecretVersionsAsync(options.Service, cancellation))
            {
                break;
            }

            return null;
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException refused) when (refused.Status is 401 or 403)
        {
            return $"is of another run: the vault {clients.Vault.VaultUri} refuses its token. Use the file of the local host that runs now.";
        }
        catch (Exception away) when (away is RequestFailedException or AggregateException or HttpRequestException or IOException
            || (away is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return $"is of a run that is over, or of one that has not started yet: its vault {clients.Vault.VaultUri} does not answer there. Start the local host, wait until it says Ready, and use the file that it names.";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "This process is {Service} in the local mesh {TrustDomain}, by {File}.")]
        public static partial void IsMember(ILogger logger, string service, string trustDomain, string file);
    }
}
