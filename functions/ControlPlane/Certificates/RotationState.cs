using System.Text.Json.Serialization;

namespace ControlPlane.Certificates;

/// <summary>One rotation of a certificate.</summary>
internal sealed record RotationState
{
    /// <summary>What the authority's rotations have in the place of a service's name.</summary>
    public const string Authority = "authority";

    public required string Id { get; init; }

    /// <summary>The service's name, or <see cref="Authority"/>.</summary>
    public required string Certificate { get; init; }

    public required RotationReason Reason { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Null: it is under way.</summary>
    public required DateTimeOffset? Finished { get; init; }

    public required RotationOutcome Outcome { get; init; }

    /// <summary>The step under way, or the last one.</summary>
    public required string Step { get; init; }

    /// <summary>Why it was rolled back, or whom it waits for.</summary>
    public required string? Detail { get; init; }

    /// <summary>In the order in which they began. Null: not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RotationStep>? Steps { get; init; }
}
