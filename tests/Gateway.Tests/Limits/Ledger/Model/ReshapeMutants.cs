using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Changes of the shape done wrong.</summary>
internal static class ReshapeMutants
{
    internal sealed class StaysInItsEpoch : Conduct
    {
        public override LedgerRow Reshape(LedgerRow row, LedgerShape shape) => base.Reshape(row, shape) with { Epoch = row.Epoch };
    }

    internal sealed class BaseFromTheSlotsEnd : Conduct
    {
        public override LedgerRow Reshape(LedgerRow row, LedgerShape shape) =>
            base.Reshape(row, shape) with { Base = shape.SlotOf(row.Shape.EndOf(row.Base)) };
    }

    internal sealed class LabelFromTheSlotsStart : Conduct
    {
        public override LedgerRow Reshape(LedgerRow row, LedgerShape shape)
        {
            var granted = new LabelCounts([]);
            foreach (var (label, count) in row.Granted)
            {
                granted.Add(shape.SlotOf(row.Shape.StartOf(label)), count);
            }

            return base.Reshape(row, shape) with { Granted = granted.ToArray() };
        }
    }

    internal sealed class ForgetsWhatIsGranted : Conduct
    {
        public override LedgerRow Reshape(LedgerRow row, LedgerShape shape) => base.Reshape(row, shape) with { Granted = [] };
    }
}
