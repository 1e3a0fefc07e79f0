using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model.Shares;

/// <summary>Standing shares done wrong.</summary>
internal static class ShareMutants
{
    internal sealed class WithoutItsGap : ShareConduct
    {
        public override long UsableFrom(LedgerShape shape, long predecessorsEnd) => predecessorsEnd;
    }

    internal sealed class RecordsTheLowerBound : ShareConduct
    {
        public override TimeBounds Reading(TimeBounds now) => now with { Upper = now.Lower };
    }

    internal sealed class FreesByTheUpperBound : ShareConduct
    {
        public override TimeBounds Reading(TimeBounds now) => now with { Lower = now.Upper };
    }

    internal sealed class LastsBeforeItsRenewalIsMade : ShareConduct
    {
        public override bool WaitsForItsRenewal => false;
    }
}
