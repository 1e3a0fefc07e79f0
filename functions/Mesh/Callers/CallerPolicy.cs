using Mesh.Identities;

namespace Mesh.Callers;

/// <summary>Who is let in. Metadata of endpoints; the nearest counts: an endpoint's own stands instead of its group's, and that instead of the app's.</summary>
internal sealed record CallerPolicy
{
    /// <summary>Every workload of the mesh.</summary>
    public static CallerPolicy AnyWorkload { get; } = new();

    /// <summary>Everybody, with a certificate or without.</summary>
    public static CallerPolicy Anybody { get; } = new() { TakesPlain = true };

    /// <summary>Empty: every service of the mesh.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>True: callers without a certificate as well.</summary>
    public bool TakesPlain { get; init; }

    /// <exception cref="ArgumentException">A name could not be one of a service.</exception>
    public static CallerPolicy For(string[] services) => Array.Find(services, name => !WorkloadId.IsService(name)) is { } wrong
        ? throw new ArgumentException($"'{wrong}' is not the name of a service.", nameof(services))
        : new() { Services = services };

    public bool Takes(WorkloadId caller) => Services.Count == 0 || Services.Contains(caller.Service);
}
