using System.Collections.Concurrent;
using Gateway.Secrets;

namespace Gateway.Tests.Secrets;

/// <summary>A vault in memory, which can be away or hang.</summary>
internal sealed class FakeVault : ISecretVault
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly TaskCompletionSource _wasAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentDictionary<string, string> Values { get; } = new();

    public Exception? Fault { get; set; }

    /// <summary>Held back until this is done.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Every name that was asked for, in order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Done when the first question has come.</summary>
    public Task WasAsked => _wasAsked.Task;

    public async Task<string?> ReadAsync(string name, CancellationToken cancellation)
    {
        _asked.Enqueue(name);
        _wasAsked.TrySetResult();
        await Gate.WaitAsync(cancellation);
        return Fault is null ? Values.GetValueOrDefault(name) : throw Fault;
    }
}
