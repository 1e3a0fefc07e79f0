using Mesh.Callers;

namespace Mesh;

/// <summary>What a process has to say to be a member of the mesh: section "Mesh" of its configuration.</summary>
public sealed record MeshOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Mesh";

    /// <summary>This service's name: the path of its SPIFFE id, and the name of its certificate in its vault.</summary>
    public string Service { get; init; } = "";

    /// <summary>Trust domain of the SPIFFE ids, such as contoso.internal.</summary>
    public string TrustDomain { get; init; } = "";

    /// <summary>The vault that holds this service's certificate. Unset: the host registered a SecretClient.</summary>
    public Uri? Vault { get; init; }

    /// <summary>The table endpoint of the mesh's storage account. Unset: the host registered a TableServiceClient.</summary>
    public Uri? Tables { get; init; }

    /// <summary>
    /// For development: a file that a local host wrote, such as .local/mesh/orders.json. Its vault and tables are then used, whatever else is set or registered, and it
    /// says the service and the trust domain where they are unset. Unset: the mesh is not a local one.
    /// </summary>
    public string? Local { get; init; }

    /// <summary>True: this process ends TLS itself, so that its callers see its certificate. Default false, as on Functions and App Service.</summary>
    public bool Serves { get; init; }

    /// <summary>How calls are received. Default strictly. Null: by something else, as the front door receives its clients.</summary>
    public MeshCallerOptions? Callers { get; init; } = new();

    /// <summary>After this a connection that was made takes no new request. Default 5 minutes; the control plane must know of a longer one.</summary>
    public TimeSpan ConnectionAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long requests under way go on over connections of a certificate that was replaced. Default 5 minutes.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Base addresses of the services that are called, by name. A client of one that is missing here sets its own.</summary>
    public IReadOnlyDictionary<string, Uri> Services { get; init; } = new Dictionary<string, Uri>();
}
