namespace Records.Trust;

/// <summary>What the whole mesh acts on: whom to trust, and which certificate each service presents. Every change is a new one.</summary>
public sealed record TrustBundle
{
    /// <summary>Version of the document. Raised when a reader of the version before would misread it.</summary>
    public const int FormatVersion = 1;

    /// <summary>Trust domain of the SPIFFE ids.</summary>
    public required string TrustDomain { get; init; }

    /// <summary>1 for the first, and one more for each that follows.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset Issued { get; init; }

    /// <summary>How often a peer looks for the next one.</summary>
    public required TimeSpan Poll { get; init; }

    /// <summary>For how long a peer acts on this one while it cannot find out whether there is a next. After that it takes and makes no mesh calls.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>The trusted authorities; at least one.</summary>
    public required IReadOnlyList<TrustRoot> Roots { get; init; }

    /// <summary>Id of the root that signs new certificates and the next bundle.</summary>
    public required string Authority { get; init; }

    public IReadOnlyList<Workload> Workloads { get; init; } = [];

    public IReadOnlyList<RefusedSerial> Refused { get; init; } = [];

    public TrustRoot? Root(string id) => Roots.FirstOrDefault(root => root.Id == id);

    public Workload? Workload(string service) => Workloads.FirstOrDefault(workload => workload.Service == service);

    public bool Refuses(string serial) => Refused.Any(refused => refused.Serial == serial);
}
