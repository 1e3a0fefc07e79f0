using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation.Limiters;

/// <summary>Counts in each process by itself, and so breaks the promise as soon as there are two.</summary>
internal sealed class LoneLimiter(TimeProvider time) : ILimiter
{
    private readonly LocalLimiter _alone = new(new LimitCounters(), time);

    public async ValueTask<LimitVerdict> TryTakeAsync(IReadOnlyList<LimitCharge> charges, CancellationToken cancellation)
    {
        var verdict = await _alone.TryTakeAsync(charges, cancellation);
        return verdict with { AdmittedAt = time.GetTimestamp() };
    }
}
