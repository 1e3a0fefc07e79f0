using Gateway;

namespace LocalHost.Members;

/// <summary>Says which services a configuration that was changed calls without their having certificates: the control plane is told of them at its start.</summary>
internal sealed partial class LateWorkloads(LocalWorkloads known, ILogger<LateWorkloads> logger)
{
    private readonly HashSet<string> _said = [];

    /// <summary>Looks at what serves from now on.</summary>
    public void Look(GatewayConfig config)
    {
        foreach (var service in LocalWorkloads.CalledBy(config).Except(known.All).Where(_said.Add))
        {
            Log.NeedsRestart(logger, service);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The configuration now calls {Service} with tls: mesh. Start the local host again: it then issues a certificate to it, and writes the file that the backend needs.")]
        public static partial void NeedsRestart(ILogger logger, string service);
    }
}
