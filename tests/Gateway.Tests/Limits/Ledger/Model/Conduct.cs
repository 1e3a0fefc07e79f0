using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>What an instance does, step by step: the real functions and nothing else. A mutant overrides one step.</summary>
internal class Conduct
{
    /// <summary>Slots that the lower bound of an instance's time may lie in when the true slot is t.</summary>
    public virtual int[] LowerSlots(int time, Bounds bounds) => bounds.ClockError ? [Math.Max(time - 1, 0), time] : [time];

    /// <summary>Slots that the upper bound may lie in.</summary>
    public virtual int[] UpperSlots(int time, Bounds bounds) => bounds.ClockError ? [time, time + 1] : [time];

    /// <summary>Length of a slot.</summary>
    public virtual long SlotLength(long window, int slots) => Slots.Length(window, slots);

    /// <summary>The slot that is already known at the decrement. Zero: none.</summary>
    public virtual int SlotAtTake(int time) => 0;

    /// <summary>True: instances read the clock first, then take the token.</summary>
    public virtual bool ReadsFirst => false;

    /// <summary>True: a token may go back to another lease than it came from.</summary>
    public virtual bool RefundsElsewhere => false;

    public virtual bool Covers(Lease lease, long upperBound) => lease.Covers(upperBound);

    public virtual bool CanSettle(LedgerRow row, Lease lease, TimeBounds now) => SlotLedger.CanSettle(row, lease);

    public virtual RenewalDraft Prepare(LedgerRow row, TimeBounds now, IReadOnlyList<KeptLease> leases, LedgerRequest request, bool[] pending) =>
        Renewal.Prepare(row, now, leases, request);

    public virtual void Abandon(Renewal renewal) => renewal.Abandon();

    /// <summary>The row of the period that lasts.</summary>
    public virtual LedgerRow Turn(LedgerRow row, TimeBounds now, Func<long, (long Start, long End)> around) => Periods.Turn(row, now, around);

    public virtual LedgerRow Reshape(LedgerRow row, LedgerShape shape) => Gateway.Limits.Ledger.Reshape.To(row, shape);

    public virtual LedgerRow AtRate(LedgerRow row, LedgerRow wanted, TimeBounds now) => BucketSteps.AtRate(row, wanted, now);

    public virtual IReadOnlyList<LedgerRow> Split(LedgerRow first, int shards) => Shards.Split(first, shards, 1);

    public virtual (LedgerRow From, LedgerRow To)? Move(LedgerRow giver, LedgerRow taker, TimeBounds now, long wanted) => Shards.Move(giver, taker, now, wanted, 1);

    /// <summary>True: a request whose label has passed is cancelled.</summary>
    public virtual bool Cancels => true;

    /// <summary>Where a moved permit goes whose request ended while the write was under way that then succeeded.</summary>
    public virtual Lease ReturnsTo(Lease old, Lease granted) => granted;

    /// <summary>What moved permits run under after a write that failed. Null: under their old lease.</summary>
    public virtual LeaseTerms? TermsOfAFailedWrite(LeaseTerms? terms) => null;
}
