namespace Gateway.Authentication;

/// <summary>Records of consumers, as the control plane wrote them; cached, so that a request rarely waits for storage.</summary>
internal interface IConsumerDirectory
{
    /// <summary>
    /// The record of this name. <see cref="ConsumerLookup.Unavailable"/> when storage is away and nothing usable is cached.
    /// </summary>
    ValueTask<ConsumerLookup> FindAsync(string name, TimeSpan staleFor, CancellationToken cancellation);
}

/// <summary>The outcome of looking up a consumer.</summary>
/// <param name="IsAvailable">False: storage is away and the answer is unknown.</param>
/// <param name="Consumer">The record, or null: there is none of that name.</param>
internal readonly record struct ConsumerLookup(bool IsAvailable, Consumer? Consumer)
{
    public static ConsumerLookup Unavailable => default;

    public static ConsumerLookup Missing => new(true, null);
}

/// <summary>What the data plane wants to know of a consumer.</summary>
/// <param name="Name">Unique name; issuer:value for those of tokens.</param>
/// <param name="Plan">Name of the plan; null: the default one.</param>
/// <param name="Groups">Groups that routes may ask for.</param>
/// <param name="Suspended">True: refused until resumed.</param>
internal sealed record Consumer(string Name, string? Plan, IReadOnlySet<string> Groups, bool Suspended);
