using LocalHost.Vault.Access;

namespace LocalHost.Vault.Faults;

/// <summary>Faults on demand: what the next calls of a kind meet. Calls without a token do not count.</summary>
internal sealed class VaultFaults
{
    private readonly Lock _lock = new();
    private readonly Dictionary<VaultAction, Queue<PlannedFault>> _planned = [];

    /// <summary>Seconds that a throttled caller is told to wait.</summary>
    public int RetryAfter { get; set; }

    public void Next(VaultKind kind, VaultVerb verb, VaultFault fault, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Plan(new(kind, verb), new(fault, null));
        }
    }

    /// <summary>The next call of the kind waits until it is released.</summary>
    public VaultHang HangNext(VaultKind kind, VaultVerb verb)
    {
        var hang = new VaultHang();
        Plan(new(kind, verb), new(null, hang));
        return hang;
    }

    /// <summary>What this call meets, after it was held where that was planned; null: nothing.</summary>
    public async Task<VaultFault?> MeetAsync(VaultAction action, CancellationToken caller)
    {
        if (Take(action) is not { } planned)
        {
            return null;
        }

        if (planned.Hang is { } hang)
        {
            await hang.HoldAsync(caller);
        }

        return planned.Fault;
    }

    private void Plan(VaultAction action, PlannedFault fault)
    {
        lock (_lock)
        {
            if (!_planned.TryGetValue(action, out var faults))
            {
                _planned[action] = faults = new();
            }

            faults.Enqueue(fault);
        }
    }

    private PlannedFault? Take(VaultAction action)
    {
        lock (_lock)
        {
            return _planned.TryGetValue(action, out var faults) && faults.TryDequeue(out var fault) ? fault : null;
        }
    }

    private sealed record PlannedFault(VaultFault? Fault, VaultHang? Hang);
}
