using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>What was withdrawn from one lease.</summary>
/// <param name="Moved">Permits in use that take the new label.</param>
/// <param name="Ended">Those of them whose requests ended since.</param>
internal sealed record Part(int Released, IReadOnlyList<LabelCount> Records, int Moved, int Ended)
{
    public static void Write(Part? part, Span<byte> buffer, ref int at)
    {
        buffer[at++] = (byte)(part is null ? 0 : 1);
        if (part is not null)
        {
            buffer[at++] = (byte)part.Released;
            buffer[at++] = (byte)part.Moved;
            buffer[at++] = (byte)part.Ended;
            RowBytes.WriteCounts(part.Records, buffer, ref at);
        }
    }

    public static Part? Read(ReadOnlySpan<byte> key, ref int at)
    {
        if (key[at++] == 0)
        {
            return null;
        }

        var (released, moved, ended) = (key[at++], key[at++], key[at++]);
        return new(released, RowBytes.ReadCounts(key, ref at), moved, ended);
    }
}
