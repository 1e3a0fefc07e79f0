using ControlPlane.Access;

namespace ControlPlane.Hosting;

/// <summary>What a control plane in Azure has to be told: section "ControlPlane" of its configuration. infra/main.bicep sets all of it.</summary>
public sealed record ControlPlaneSettings
{
    /// <summary>Name of the section.</summary>
    public const string Section = "ControlPlane";

    /// <summary>Table endpoint of the data account.</summary>
    public Uri? Tables { get; init; }

    /// <summary>Blob endpoint of the data account.</summary>
    public Uri? Blobs { get; init; }

    /// <summary>The vault of the authority's key, and of the manage key.</summary>
    public Uri? AuthorityVault { get; init; }

    /// <summary>The vault of shared secrets, such as the pepper.</summary>
    public Uri? SharedVault { get; init; }

    /// <summary>Trust domain of the mesh.</summary>
    public string TrustDomain { get; init; } = "";

    /// <summary>The vault of each workload, by its name.</summary>
    public IReadOnlyDictionary<string, Uri> Workloads { get; init; } = new Dictionary<string, Uri>();

    /// <summary>The application whose roles may manage. Its tenant or audience empty: only the manage key counts.</summary>
    public EntraSettings? Entra { get; init; }

    /// <summary>For development: a file that a local host wrote, such as .local/mesh/control-plane.json. Its storage and its credential are then used. Unset: Azure.</summary>
    public string? Local { get; init; }
}
