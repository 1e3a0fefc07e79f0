using Gateway.Tests.Limits.Ledger.Model;
using Gateway.Tests.Limits.Ledger.Model.Kinds;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>
/// The promise of the slot ledger in every state that two instances can reach within small bounds: writes that succeed, fail, get lost,
/// come late or stay unanswered; crashes; a pause between every two steps of a spend; clocks one slot off. With SOAK=1 the larger ones too.
/// The numbers: L, S, slots of a lease, slots that pass, leases at once, clock error; then states. When a number of states changes, the conduct
/// or the model changed: see which, then write the new one.
/// </summary>
public sealed class LedgerCheckTests
{
    [Theory]
    [InlineData(1, 1, 1, 3, 1, false, 52_202)]
    [InlineData(1, 1, 2, 3, 1, false, 60_423)]
    [InlineData(1, 1, 2, 2, 1, true, 68_098)]
    [InlineData(1, 1, 1, 2, 2, false, 128_800)]
    [InlineData(1, 2, 1, 4, 1, true, 465_596)]
    [InlineData(2, 1, 1, 2, 1, false, 130_916)]
    public void NoInterval_HoldsMoreThanTheLimit(int limit, int slots, int lease, int time, int leases, bool clockError, int states) =>
        Check.Holds(Window(limit, slots, lease, time, leases, clockError), states);

    [Theory]
    [InlineData(1, 1, 2, 4, 1, false, 199_515)]
    [InlineData(2, 1, 1, 2, 1, true, 507_685)]
    [InlineData(1, 1, 1, 3, 2, false, 760_338)]
    [InlineData(1, 1, 2, 2, 2, true, 919_386)]
    [InlineData(1, 1, 2, 3, 2, false, 712_229)]
    [InlineData(2, 1, 1, 3, 1, false, 610_001)]
    [InlineData(1, 2, 2, 3, 1, true, 229_588)]
    [InlineData(1, 1, 1, 3, 2, true, 3_720_455)]
    public void NoInterval_InALargerModel_HoldsMoreThanTheLimit(int limit, int slots, int lease, int time, int leases, bool clockError, int states)
    {
        Check.OnlyWhenSoaking();
        Check.Holds(Window(limit, slots, lease, time, leases, clockError), states);
    }

    private static WindowKind Window(int limit, int slots, int lease, int time, int leases, bool clockError) =>
        new(new(limit, slots, lease, time, leases, clockError), new Conduct());
}
