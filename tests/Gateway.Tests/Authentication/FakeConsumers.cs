using Gateway.Authentication;

namespace Gateway.Tests.Authentication;

/// <summary>Consumers by name, in memory; or a store that is away.</summary>
internal sealed class FakeConsumers : IConsumerDirectory
{
    public Dictionary<string, Consumer> Records { get; } = [];

    public bool IsAway { get; set; }

    public List<string> Asked { get; } = [];

    public ValueTask<ConsumerLookup> FindAsync(string name, TimeSpan staleFor, CancellationToken cancellation)
    {
        Asked.Add(name);
        return new(IsAway ? ConsumerLookup.Unavailable : Records.TryGetValue(name, out var record) ? new(true, record) : ConsumerLookup.Missing);
    }
}
