using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>A lease as the model stores it. The real one is made from it before every step, by its own public steps.</summary>
/// <param name="Shard">The row that it came from.</param>
/// <param name="Free">Tokens that nobody took.</param>
internal sealed record Held(LeaseTerms Terms, int Shard, int Free)
{
    /// <summary>How far the one spend under way is.</summary>
    public SpendStep Step { get; init; }

    /// <summary>The slot that the spend under way will be recorded in, where it is known.</summary>
    public int Slot { get; init; }

    /// <summary>Recorded spends by slot.</summary>
    public IReadOnlyList<LabelCount> Records { get; init; } = [];

    /// <summary>Never to be settled.</summary>
    public bool IsSealed { get; init; }

    /// <summary>Permits whose requests run.</summary>
    public int Running { get; init; }

    public void Write(Span<byte> buffer, ref int at)
    {
        WriteTerms(Terms, buffer, ref at);
        buffer[at++] = (byte)Shard;
        buffer[at++] = (byte)Free;
        buffer[at++] = (byte)((int)Step | (IsSealed ? 0x80 : 0));
        buffer[at++] = (byte)Slot;
        buffer[at++] = (byte)Running;
        RowBytes.WriteCounts(Records, buffer, ref at);
    }

    public static Held Read(ReadOnlySpan<byte> key, ref int at)
    {
        var terms = ReadTerms(key, ref at);
        var (shard, free, step, slot, running) = (key[at++], key[at++], key[at++], key[at++], key[at++]);
        return new(terms, shard, free)
        {
            Step = (SpendStep)(step & 0x7F),
            Slot = slot,
            Running = running,
            Records = RowBytes.ReadCounts(key, ref at),
            IsSealed = step >= 0x80,
        };
    }

    public static void WriteTerms(LeaseTerms terms, Span<byte> buffer, ref int at)
    {
        buffer[at++] = (byte)terms.Epoch;
        RowBytes.WriteShape(terms.Shape, buffer, ref at);
        buffer[at++] = (byte)terms.First;
        buffer[at++] = (byte)terms.Label;
        buffer[at++] = (byte)terms.End;
    }

    public static LeaseTerms ReadTerms(ReadOnlySpan<byte> key, ref int at) =>
        new(key[at++], RowBytes.ReadShape(key, ref at), key[at++], key[at++]) { End = key[at++] };

    public override string ToString() =>
        $"lease→{Terms.Label} free {Free} {Step}{(Slot > 0 ? $"@{Slot}" : "")} {RowBytes.Text(Records)}{(Running > 0 ? $" running {Running}" : "")}{(IsSealed ? " sealed" : "")}";
}
