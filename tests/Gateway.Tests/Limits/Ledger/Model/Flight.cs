using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>A write that an instance waits for.</summary>
/// <param name="Stage">Where it is.</param>
/// <param name="Parts">What was withdrawn for it, by place of the lease; null: the lease is not in the write.</param>
internal sealed record Flight(FlightStage Stage, Part?[] Parts)
{
    /// <summary>What it would write, by shard; null where it writes nothing. None once that no longer matters.</summary>
    public LedgerRow?[] Rows { get; init; } = [];

    /// <summary>Tokens it grants.</summary>
    public int Granted { get; init; }

    /// <summary>Under which they are granted. Null: nothing is.</summary>
    public LeaseTerms? Terms { get; init; }

    /// <summary>The row that they come from.</summary>
    public int Shard { get; init; }

    public void Write(Span<byte> buffer, ref int at)
    {
        buffer[at++] = (byte)Stage;
        RowBytes.WriteAll(Rows, buffer, ref at);
        buffer[at++] = (byte)Granted;
        buffer[at++] = (byte)Shard;
        buffer[at++] = (byte)(Terms is null ? 0 : 1);
        if (Terms is not null)
        {
            Held.WriteTerms(Terms, buffer, ref at);
        }

        buffer[at++] = (byte)Parts.Length;
        foreach (var part in Parts)
        {
            Part.Write(part, buffer, ref at);
        }
    }

    public static Flight Read(ReadOnlySpan<byte> key, ref int at)
    {
        var stage = (FlightStage)key[at++];
        var rows = RowBytes.ReadAll(key, ref at);
        var (granted, shard) = (key[at++], key[at++]);
        var terms = key[at++] == 0 ? null : Held.ReadTerms(key, ref at);
        var parts = new Part?[key[at++]];
        for (var index = 0; index < parts.Length; index++)
        {
            parts[index] = Part.Read(key, ref at);
        }

        return new(stage, parts) { Rows = rows, Granted = granted, Terms = terms, Shard = shard };
    }

    public override string ToString() => $"{Stage} [{RowBytes.Text(Rows)}] +{Granted}→{Terms?.Label}";
}
