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

    private ArrayBufferWriter<byte> _bytes = new(FirstSize);

    public static LineText Rent()
    {
        var line = _spare ?? new();
        _spare = null;
        return line;
    }

    public void Add(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, _bytes);

    public void Add(DateTimeOffset instant, string format) => Add(instant, format, CultureInfo.InvariantCulture);

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
