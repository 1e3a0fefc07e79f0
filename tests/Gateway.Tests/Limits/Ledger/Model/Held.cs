using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>A lease as the model stores it. The real one is made from it before every step, by its own public steps.</summary>
/// <param name="Label">The last slot in which it may be spent.</param>
/// <param name="Free">Tokens that nobody took.</param>
/// <param name="Step">How far the one spend under way is.</param>
/// <param name="Slot">The slot that the spend under way will be recorded in, where it is known.</param>
/// <param name="Records">Recorded spends by slot.</param>
/// <param name="IsSealed">Never to be settled.</param>
internal sealed record Held(int Label, int Free, SpendStep Step, int Slot, IReadOnlyList<LabelCount> Records, bool IsSealed)
{
    public void Write(Span<byte> buffer, ref int at)
    {
        buffer[at++] = (byte)Label;
        buffer[at++] = (byte)Free;
        buffer[at++] = (byte)((int)Step | (IsSealed ? 0x80 : 0));
        buffer[at++] = (byte)Slot;
        Row.WriteCounts(Records, buffer, ref at);
    }

    public static Held Read(ReadOnlySpan<byte> key, ref int at)
    {
        var (label, free, step, slot) = (key[at++], key[at++], key[at++], key[at++]);
        return new(label, free, (SpendStep)(step & 0x7F), slot, Row.ReadCounts(key, ref at), step >= 0x80);
    }

    public override string ToString() => $"lease→{Label} free {Free} {Step}{(Slot > 0 ? $"@{Slot}" : "")} {Row.Text(Records)}{(IsSealed ? " sealed" : "")}";
}
