using System.Buffers;
using System.Globalization;
using System.Text;

namespace Exporters.Lines;

/// <summary>One line while it is written. A thread has one, and uses it again.</summary>
internal sealed class LineText : IDisposable
{
    private const int FirstSize = 512;

    // A long one, with an exception's stack, is not kept.
    private const int LargestKept = 16 * 1024;

    [ThreadStatic]
    private static LineText? _spare;

    // The second that was written last, which most lines share with the one before.
    private readonly byte[] _text = new byte["yyyy-MM-ddTHH:mm:ss.".Length];

    private ArrayBufferWriter<byte> _bytes = new(FirstSize);
    private long _second = -1;

    public static LineText Rent()
    {
        var line = _spare ?? new();
        _spare = null;
        return line;
    }

    public void Add(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, _bytes);

    /// <summary>Such as 2026-11-25T14:00:00.123Z (RFC 3339).</summary>
    public void AddInstant(DateTimeOffset instant)
    {
        var second = instant.UtcTicks / TimeSpan.TicksPerSecond;
        if (second != _second)
        {
            _second = second;
            Encoding.UTF8.GetBytes(instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.", CultureInfo.InvariantCulture), _text);
        }

        var millisecond = instant.Millisecond;
        _bytes.Write(_text);
        _bytes.Write([(byte)('0' + (millisecond / 100)), (byte)('0' + (millisecond / 10 % 10)), (byte)('0' + (millisecond % 10)), (byte)'Z']);
    }

    public void Add(IUtf8SpanFormattable text) => Add(text, "", null);

    /// <summary>A text that may hold what others wrote: a line's end would let them write lines of their own, an escape sequence command the terminal.</summary>
    public void AddTame(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var tame = rune.Value is '\n' ? new Rune('⏎') : Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format ? rune.Value is '\t' ? rune : new Rune(' ') : rune;
            _bytes.Advance(tame.EncodeToUtf8(_bytes.GetSpan(4)));
        }
    }

    /// <summary>The whole line, good until the next is begun.</summary>
    public ReadOnlySpan<byte> Ended()
    {
        Add("\n");
        return _bytes.WrittenSpan;
    }

    public void Dispose()
    {
        if (_bytes.Capacity > LargestKept)
        {
            _bytes = new(FirstSize);
        }

        _bytes.ResetWrittenCount();
        _spare = this;
    }

    private void Add(IUtf8SpanFormattable value, ReadOnlySpan<char> format, IFormatProvider? culture)
    {
        int written;
        for (var size = FirstSize; !value.TryFormat(_bytes.GetSpan(size), out written, format, culture); size *= 2)
        {
        }

        _bytes.Advance(written);
    }
}
