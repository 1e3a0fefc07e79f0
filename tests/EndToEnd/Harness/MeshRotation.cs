namespace EndToEnd.Harness;

/// <summary>One rotation, as the management API says.</summary>
internal sealed record MeshRotation(string Id, string Certificate, string Reason, string Outcome, string Step, string? Detail)
{
    /// <summary>What the authority's rotations have in the place of a service's name.</summary>
    public const string Authority = "authority";

    public bool IsRunning => Outcome == "running";

    public bool IsRotated => Outcome == "rotated";
}
