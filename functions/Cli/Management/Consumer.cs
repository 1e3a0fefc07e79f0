namespace Cli.Management;

/// <summary>A consumer as the management API describes it.</summary>
internal sealed record Consumer
{
    public required string Name { get; init; }

    public string? Plan { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    public bool Suspended { get; init; }

    public DateTimeOffset Created { get; init; }
}

/// <summary>All consumers.</summary>
internal sealed record ConsumerList(IReadOnlyList<Consumer> Consumers);
