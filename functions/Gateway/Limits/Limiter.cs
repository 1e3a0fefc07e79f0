using Gateway.Limits.Exact;

namespace Gateway.Limits;

/// <summary>Asks the counters of this process alone where no limit of the request is exact.</summary>
internal sealed class Limiter(LocalLimiter local, ExactLimiter exact) : ILimiter
{
    public ValueTask<LimitVerdict> TryTakeAsync(IReadOnlyList<LimitCharge> charges, CancellationToken cancellation)
    {
        for (var index = 0; index < charges.Count; index++)
        {
            if (charges[index].Quota.IsExact)
            {
                return exact.TryTakeAsync(charges, cancellation);
            }
        }

        return local.TryTakeAsync(charges, cancellation);
    }

    public bool TryDecide(in LimitCharge only, out LimitDecision decision) =>
        only.Quota.IsExact ? exact.TryDecide(only, out decision) : local.TryDecide(only, out decision);
}
