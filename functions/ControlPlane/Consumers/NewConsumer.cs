namespace ControlPlane.Consumers;

/// <summary>A consumer to be added.</summary>
/// <param name="Name">Unique; issuer:value for those of tokens.</param>
/// <param name="Plan">Name of a plan in the gateway's configuration. Null: the default one.</param>
/// <param name="Groups">Groups that routes may ask for. Null: none.</param>
public sealed record NewConsumer(string Name, string? Plan = null, IReadOnlyList<string>? Groups = null);

/// <summary>What to change of a consumer; what is not set stays.</summary>
public sealed record ConsumerChange
{
    /// <summary>True: the plan becomes <see cref="Plan"/>, be it null.</summary>
    public bool SetsPlan { get; init; }

    public string? Plan { get; init; }

    /// <summary>Null: they stay.</summary>
    public IReadOnlyList<string>? Groups { get; init; }
}
