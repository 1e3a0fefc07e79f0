using System.Buffers.Binary;

namespace Records;

/// <summary>Takes numbers from the bytes of a ledger row and remembers the first fault; after one, everything reads as zero.</summary>
internal ref struct LedgerBytes(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public string? Fault { get; private set; }

    public readonly int Left => _rest.Length;

    public readonly bool Ended => _rest.IsEmpty;

    public byte Byte()
    {
        if (Fault is not null || _rest.IsEmpty)
        {
            Require(false, "the bytes end too early.");
            return 0;
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Id()
    {
        if (Fault is not null || _rest.Length < sizeof(ulong))
        {
            Require(false, "the bytes end too early.");
            return 0;
        }

        var id = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[sizeof(ulong)..];
        return id;
    }

    /// <summary>A varint in its shortest form, 0 to the given maximum. What would be negative in 64 bits is damage.</summary>
    public long Number(string name, long most = long.MaxValue)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                Require(next > 0 || shift == 0, $"{name} is not in its shortest form.");
                break;
            }

            if (shift == 63)
            {
                Require(false, $"{name} is longer than 64 bits.");
                break;
            }
        }

        Require(number <= (ulong)most, $"{name} is negative or too large.");
        return Fault is null ? (long)number : 0;
    }

    public void Require(bool right, string problem) => Fault ??= right ? null : problem;
}
