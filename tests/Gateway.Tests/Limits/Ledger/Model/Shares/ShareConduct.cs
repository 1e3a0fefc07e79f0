using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model.Shares;

/// <summary>What a holder of a standing share does: the real functions and nothing else. A mutant overrides one step.</summary>
internal class ShareConduct
{
    public virtual long UsableFrom(LedgerShape shape, long predecessorsEnd) => StandingShare.UsableFrom(shape, predecessorsEnd);

    public virtual TimeBounds Reading(TimeBounds now) => now;

    /// <summary>True: the membership lasts longer once its renewal is known to be made, not when it is sent.</summary>
    public virtual bool WaitsForItsRenewal => true;
}
