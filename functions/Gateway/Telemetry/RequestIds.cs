using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gateway.Telemetry;

/// <summary>Ids of requests: UUIDs of version 7 (RFC 9562 §5.7), 32 digits in hexadecimal, so that ids sort by time.</summary>
internal static class RequestIds
{
    // Random bytes are the system's, which gives many nearly as fast as few.
    private const int Store = 1024;

    private const ulong Version = 0x7000;
    private const ulong Variant = 1UL << 63;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    public static string New(DateTimeOffset now)
    {
        var random = Random();
        var high = ((ulong)now.ToUnixTimeMilliseconds() << 16) | Version | (BinaryPrimitives.ReadUInt16LittleEndian(random) & 0xFFFU);
        var low = Variant | (BinaryPrimitives.ReadUInt64LittleEndian(random[2..]) >> 2);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(id, high);
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], low);
        return Convert.ToHexStringLower(id);
    }

    private static ReadOnlySpan<byte> Random()
    {
        const int Needed = 10;
        if (_random is null || _used + Needed > Store)
        {
            RandomNumberGenerator.Fill(_random ??= new byte[Store]);
            _used = 0;
        }

        var taken = _random.AsSpan(_used, Needed);
        _used += Needed;
        return taken;
    }
}
