using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Upstreams.Wire;

/// <summary>
/// The head of an answer (RFC 9112 §4 to §6), read strictly: what two readers could take for two things is no answer. A service says much the
/// same each time, so a line with the same bytes as in the answer before on this connection makes no new text.
/// </summary>
internal sealed class AnswerHead
{
    // RFC 9110 §5.6.2
    private static readonly SearchValues<byte> _token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // RFC 9110 §5.5: of the control characters only HTAB may stand in a value.
    private static readonly SearchValues<byte> _control = SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(code => code != '\t').Append(0x7F).Select(code => (byte)code)]);

    private readonly List<Line> _lines = [];
    private int _count;

    public int Status { get; private set; }

    /// <summary>Null: the usual words.</summary>
    public string? Reason { get; private set; }

    /// <summary>The connection may carry another call after this.</summary>
    public bool KeepsConnection { get; private set; }

    /// <summary>The body comes in chunks.</summary>
    public bool IsChunked { get; private set; }

    /// <summary>How long the body is; null: not said.</summary>
    public long? Length { get; private set; }

    /// <summary>The values of Connection; empty: none.</summary>
    public string Connection { get; private set; } = "";

    public int Count => _count;

    public KeyValuePair<string, string> this[int index] => new(_lines[index].Name, _lines[index].Value);

    /// <summary>Reads a whole head.</summary>
    /// <param name="head">With the empty line at its end.</param>
    /// <exception cref="WireException">It is none.</exception>
    public void Read(ReadOnlySpan<byte> head)
    {
        var rest = head;
        ReadStatus(NextLine(ref rest));
        (_count, IsChunked, Length, Connection) = (0, false, null, "");
        ReadFields(rest);
        KeepsConnection = KeepsConnection ? !Says("close") : Says("keep-alive");
    }

    /// <summary>Reads the trailer section; its fields take the place of the head's.</summary>
    public void ReadTrailers(ReadOnlySpan<byte> section)
    {
        var (chunked, length) = (IsChunked, Length);
        _count = 0;
        ReadFields(section);
        (IsChunked, Length) = (chunked, length);
    }

    private void ReadStatus(ReadOnlySpan<byte> line)
    {
        // HTTP/1.x SP 3DIGIT [SP reason]
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || !char.IsAsciiDigit((char)line[7]) || line[8] != ' ' || line[9..12].ContainsAnyExceptInRange((byte)'0', (byte)'9') || (line.Length > 12 && line[12] != ' '))
        {
            throw WireException.NoAnswer();
        }

        KeepsConnection = line[7] != '0';
        Status = ((line[9] - '0') * 100) + ((line[10] - '0') * 10) + line[11] - '0';
        if (Status is < 100 or > 599)
        {
            throw WireException.NoAnswer();
        }

        var reason = line.Length > 13 ? line[13..] : default;
        var usual = ReasonPhrases.GetReasonPhrase(Status);
        Reason = Ascii.Equals(reason, usual) ? null : reason.ContainsAny(_control) ? throw WireException.NoAnswer() : Encoding.Latin1.GetString(reason);
    }

    private void ReadFields(ReadOnlySpan<byte> rest)
    {
        while (NextLine(ref rest) is { Length: > 0 } line)
        {
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                Fold(line);
            }
            else
            {
                Take(ReadLine(line));
            }
        }
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private Line ReadLine(ReadOnlySpan<byte> line)
    {
        if (_count == _lines.Count)
        {
            _lines.Add(new());
        }

        var before = _lines[_count];
        if (before.Is(line))
        {
            return before;
        }

        var colon = line.IndexOf((byte)':');
        // RFC 9112 §5.1: of an answer, blanks before the colon are taken away.
        var name = colon < 0 ? default : line[..colon].TrimEnd(" \t"u8);
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (name.IsEmpty || name.ContainsAnyExcept(_token) || value.ContainsAny(_control))
        {
            throw WireException.NoAnswer();
        }

        before.Set(line, Encoding.ASCII.GetString(name), Encoding.Latin1.GetString(value));
        return before;
    }

    private void Take(Line line)
    {
        _count++;
        switch (line.Name.Length)
        {
            case 10 when line.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase):
                Connection = Connection.Length == 0 ? line.Value : $"{Connection},{line.Value}";
                break;
            case 14 when line.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase):
                Length = ReadLength(line.Value, Length);
                break;
            case 17 when line.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase):
                // RFC 9112 §6.3: with any other coding nobody can say where the body ends.
                IsChunked = !IsChunked && line.Value.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? true : throw WireException.NoAnswer();
                break;
        }
    }

    // RFC 9112 §6.3: several are taken where all say the same.
    private static long ReadLength(string text, long? before)
    {
        foreach (var range in text.AsSpan().Split(','))
        {
            var digits = text.AsSpan(range).Trim(" \t");
            if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || !long.TryParse(digits, out var length) || (before ?? length) != length)
            {
                throw WireException.NoAnswer();
            }

            before = length;
        }

        return before!.Value;
    }

    // RFC 9112 §5.2
    private void Fold(ReadOnlySpan<byte> line)
    {
        if (_count == 0 || line.ContainsAny(_control))
        {
            throw WireException.NoAnswer();
        }

        var field = _lines[_count - 1];
        if (field.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || field.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
        {
            throw WireException.NoAnswer();
        }

        field.Fold(Encoding.Latin1.GetString(line.Trim(" \t"u8)));
    }

    private bool Says(string word)
    {
        foreach (var range in Connection.AsSpan().Split(','))
        {
            if (Connection.AsSpan(range).Trim(" \t").Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One field, and the bytes that it was read from.</summary>
    private sealed class Line
    {
        // Longer ones are seldom the same, and not worth keeping twice.
        private const int Longest = 512;

        private byte[] _bytes = [];
        private int _length = -1;

        public string Name { get; private set; } = "";

        public string Value { get; private set; } = "";

        public bool Is(ReadOnlySpan<byte> line) => line.Length == _length && line.SequenceEqual(_bytes.AsSpan(0, _length));

        public void Set(ReadOnlySpan<byte> line, string name, string value)
        {
            (Name, Value, _length) = (name, value, -1);
            if (line.Length <= Longest)
            {
                if (_bytes.Length < line.Length)
                {
                    _bytes = new byte[line.Length];
                }

                line.CopyTo(_bytes);
                _length = line.Length;
            }
        }

        // Not to be found equal to a line without its second half.
        public void Fold(string more) => (Value, _length) = ($"{Value} {more}".TrimEnd(), -1);
    }
}
