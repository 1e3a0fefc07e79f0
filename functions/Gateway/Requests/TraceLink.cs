using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Gateway.Requests;

/// <summary>A request's place in its caller's trace (W3C Trace Context): all that calls to services need of it while nobody listens to spans.</summary>
internal readonly record struct TraceLink(UInt128 TraceId, byte Flags)
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
            ? new(UInt128.Parse(traceParent.Slice(3, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                (byte)(byte.Parse(traceParent[53..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & KnownFlags))
            : new(NewId<UInt128>(), 0);

    /// <summary>The traceparent of one call: of this trace, with a span of its own.</summary>
    public string NewParent() => string.Create(CultureInfo.InvariantCulture, stackalloc char[ParentLength], $"00-{TraceId:x32}-{NewId<ulong>():x16}-{Flags:x2}");

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(_hex);

    private static bool IsId(ReadOnlySpan<char> text) => IsHex(text) && text.ContainsAnyExcept('0');

    // Zero is no id.
    private static T NewId<T>()
        where T : unmanaged, IEquatable<T>
    {
        T id = default;
        while (id.Equals(default))
        {
            Random.Shared.NextBytes(MemoryMarshal.AsBytes(new Span<T>(ref id)));
        }

        return id;
    }
}
