namespace ControlPlane;

/// <summary>What a host has to say to run the control plane.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>Fewer characters could be guessed.</summary>
    public const int MinimumKeyLength = 16;

    /// <summary>A bearer token of the management API: at least 16 characters, best 32 random ones. Null: the host registers other credentials.</summary>
    public string? ManageKey { get; init; }

    /// <summary>The mesh whose certificates it takes care of. Null: none.</summary>
    public MeshControl? Mesh { get; init; }

    /// <summary>Never the key: records print their members.</summary>
    public override string ToString() => nameof(ControlPlaneOptions);
}
