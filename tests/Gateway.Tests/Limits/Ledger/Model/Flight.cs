using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>A write that an instance waits for.</summary>
/// <param name="Stage">Where it is.</param>
/// <param name="Row">What it would write; null once that no longer matters.</param>
/// <param name="Granted">Tokens it grants.</param>
/// <param name="Label">Their label.</param>
/// <param name="Parts">What was withdrawn for it, by place of the lease; null: the lease is not in the write.</param>
internal sealed record Flight(FlightStage Stage, Row? Row, int Granted, int Label, Part?[] Parts)
{
    public void Write(Span<byte> buffer, ref int at)
    {
        Row?.Write(buffer, ref at);
        buffer[at++] = (byte)Granted;
        buffer[at++] = (byte)Label;
        buffer[at++] = (byte)Parts.Length;
        foreach (var part in Parts)
        {
            buffer[at++] = (byte)(part is null ? 0 : 1);
            if (part is not null)
            {
                buffer[at++] = (byte)part.Released;
                Model.Row.WriteCounts(part.Records, buffer, ref at);
            }
        }
    }

    public static Flight Read(FlightStage stage, ReadOnlySpan<byte> key, ref int at)
    {
        var row = stage == FlightStage.Sent ? Model.Row.Read(key, ref at) : null;
        var (granted, label) = (key[at++], key[at++]);
        var parts = new Part?[key[at++]];
        for (var index = 0; index < parts.Length; index++)
        {
            parts[index] = key[at++] == 0 ? null : new(key[at++], Model.Row.ReadCounts(key, ref at));
        }

        return new(stage, row, granted, label, parts);
    }

    public override string ToString() => $"{Stage} [{Row}] +{Granted}→{Label}";
}

/// <summary>What was withdrawn from one lease.</summary>
internal sealed record Part(int Released, IReadOnlyList<LabelCount> Records);
