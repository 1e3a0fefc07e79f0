using System.Text.Json.Serialization;

namespace Cli.Management.Certificates;

/// <summary>One rotation of a certificate, as the management API describes it.</summary>
internal sealed record Rotation
{
    private const string Authority = "authority";

    public required string Id { get; init; }

    /// <summary>The service's name, or authority.</summary>
    public required string Certificate { get; init; }

    /// <summary>due, asked, revoked or authority.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset? Finished { get; init; }

    /// <summary>running, rotated or rolledBack.</summary>
    public required string Outcome { get; init; }

    /// <summary>The step under way, or the last one.</summary>
    public required string Step { get; init; }

    /// <summary>Why it was rolled back, or whom it waits for.</summary>
    public required string? Detail { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RotationStep>? Steps { get; init; }

    [JsonIgnore]
    public bool IsRunning => Outcome == "running";

    [JsonIgnore]
    public bool IsRolledBack => Outcome == "rolledBack";

    /// <summary>Whose it is, within a sentence.</summary>
    [JsonIgnore]
    public string Whose => Certificate == Authority ? "the authority" : Certificate;

    /// <summary>How long it took, or has taken by now.</summary>
    public TimeSpan Took(DateTimeOffset now) => (Finished ?? now) - Started;
}

/// <summary>One step of a rotation, and when it began.</summary>
internal sealed record RotationStep(string Name, DateTimeOffset At, string? Detail);

/// <summary>Rotations with their steps, the newest first.</summary>
internal sealed record RotationList(IReadOnlyList<Rotation> Rotations);
