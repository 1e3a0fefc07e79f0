using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace Gateway.Requests;

/// <summary>A request's place in its caller's trace (W3C Trace Context): all that calls to services need of it while nobody listens to spans.</summary>
/// <param name="High">The first half of the trace's id.</param>
/// <param name="Low">The second half.</param>
/// <param name="Flags">As the caller sent them; none for a trace that begins here.</param>
internal readonly record struct TraceLink(ulong High, ulong Low, byte Flags)
{
    // version "-" trace-id "-" parent-id "-" trace-flags
    private const int ParentLength = 55;

    // The highest bit has no meaning yet, and .NET's own activities do not pass it on.
    private const byte KnownFlags = 0x7F;

    private static readonly SearchValues<char> _hex = SearchValues.Create("0123456789abcdef");

    /// <summary>Continues the trace that this traceparent names, by the rules of .NET's activities; a malformed one begins a new trace.</summary>
    public static TraceLink Of(ReadOnlySpan<char> traceParent) =>
        traceParent.Length == ParentLength && IsHex(traceParent[..2]) && traceParent[..2] is not "ff"
        && IsId(traceParent.Slice(3, 32)) && IsId(traceParent.Slice(36, 16)) && IsHex(traceParent[53..])
            ? new(Number(traceParent.Slice(3, 16)), Number(traceParent.Slice(19, 16)), (byte)(Number(traceParent[53..]) & KnownFlags))
            : new(NewId(), NewId(), 0);

    /// <summary>The traceparent of one call: of this trace, with a span of its own.</summary>
    public string NewParent()
    {
        Span<byte> ids = stackalloc byte[25];
        BinaryPrimitives.WriteUInt64BigEndian(ids, High);
        BinaryPrimitives.WriteUInt64BigEndian(ids[8..], Low);
        BinaryPrimitives.WriteUInt64BigEndian(ids[16..], NewId());
        ids[24] = Flags;
        Span<char> text = stackalloc char[ParentLength];
        "00-".CopyTo(text);
        Convert.TryToHexStringLower(ids[..16], text[3..], out _);
        Convert.TryToHexStringLower(ids[16..24], text[36..], out _);
        Convert.TryToHexStringLower(ids[24..], text[53..], out _);
        (text[35], text[52]) = ('-', '-');
        return new(text);
    }

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(_hex);

    private static bool IsId(ReadOnlySpan<char> text) => IsHex(text) && text.ContainsAnyExcept('0');

    private static ulong Number(ReadOnlySpan<char> hex) => ulong.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // Never zero, which is no id.
    private static ulong NewId() => ((ulong)Random.Shared.NextInt64() << 1) | 1;
}
