using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Permits in flight done wrong.</summary>
internal static class PermitMutants
{
    internal sealed class ReturnsToTheOldLeaseAfterAMove : Conduct
    {
        public override Lease ReturnsTo(Lease old, Lease granted) => old;
    }

    internal sealed class MovesAtAFailedWrite : Conduct
    {
        public override LeaseTerms? TermsOfAFailedWrite(LeaseTerms? terms) => terms;
    }

    internal sealed class OutlivesItsLabel : Conduct
    {
        public override bool Cancels => false;
    }

    /// <summary>A permit in use comes back with the settlement of its lease.</summary>
    internal sealed class ReleasesWhatIsInUse : Conduct
    {
        public override RenewalDraft Prepare(LedgerRow row, TimeBounds now, IReadOnlyList<KeptLease> leases, LedgerRequest request, bool[] pending) =>
            Mutants.Rewritten(row, now, request, [.. leases.Select(kept =>
            {
                var settlement = kept.Lease.Withdraw(kept.Keep);
                return (settlement with { Released = settlement.Released + kept.Moved }, settlement);
            })]);
    }
}
