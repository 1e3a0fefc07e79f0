namespace Records.Trust;

/// <summary>A service of the mesh and its certificate.</summary>
public sealed record Workload
{
    /// <summary>The service's name: the path of its SPIFFE id.</summary>
    public required string Service { get; init; }

    /// <summary>What its instances present. Null: nothing was issued yet.</summary>
    public LeafVersion? InUse { get; init; }

    /// <summary>What its instances try out before it is put in use. Null: no rotation is that far.</summary>
    public LeafVersion? Candidate { get; init; }
}
