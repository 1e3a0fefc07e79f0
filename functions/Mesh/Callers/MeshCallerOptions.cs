namespace Mesh.Callers;

/// <summary>How calls are received.</summary>
public sealed record MeshCallerOptions
{
    /// <summary>What becomes of calls without a certificate.</summary>
    public MeshMode Mode { get; init; } = MeshMode.Strict;

    /// <summary>
    /// True: calls are judged before anything of the app runs. False: by nobody but the app itself, which asks <see cref="MeshCallers"/>, as a function does, whose host
    /// has to hear of every request. Default true.
    /// </summary>
    public bool InPipeline { get; init; } = true;

    /// <summary>Where callers' certificates arrive. Null: as the platform says, see <see cref="SourceIn"/>.</summary>
    public MeshCallerSource? Source { get; init; }

    /// <summary>
    /// <see cref="MeshCallerSource.FrontEnd"/> only where the application settings WEBSITE_CLIENT_CERT_ENABLED and WEBSITE_CLIENT_CERT_MODE say that the front
    /// end demands certificates. In its optional modes it passes on what was not proven.
    /// </summary>
    // Deployment writes both beside clientCertEnabled and clientCertMode. That the platform sets them of itself is not established; if it does not, nothing is trusted.
    public static MeshCallerSource SourceIn(Func<string, string?> environment) =>
        bool.TryParse(environment("WEBSITE_CLIENT_CERT_ENABLED"), out var isEnabled) && isEnabled
        && string.Equals(environment("WEBSITE_CLIENT_CERT_MODE"), "Required", StringComparison.OrdinalIgnoreCase)
            ? MeshCallerSource.FrontEnd
            : MeshCallerSource.Tls;
}
