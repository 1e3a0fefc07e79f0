using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;

namespace Gateway.Upstreams.Wire;

/// <summary>Where the body of an answer ends (RFC 9112 §6.3).</summary>
internal struct BodyFraming
{
    // A size and what may follow it; who sends more plays games.
    private const int LongestSizeLine = 4096;

    private readonly bool _isChunked;
    private long _left;
    private bool _isInChunk;
    private bool _isAfterChunk;

    private BodyFraming(bool isChunked, long left, bool endsWithConnection) => (_isChunked, _left, EndsWithConnection) = (isChunked, left, endsWithConnection);

    /// <summary>Only the end of the connection ends it.</summary>
    public bool EndsWithConnection { get; }

    public bool IsOver { get; private set; }

    /// <summary>Bytes were passed on that were not sent yet.</summary>
    public bool IsPending { get; set; }

    /// <summary>Trailers follow.</summary>
    public readonly bool HasTrailers => _isChunked;

    public static BodyFraming Of(AnswerHead head, string method) =>
        method == "HEAD" || head.Status is 204 or 304 ? new(false, 0, false) { IsOver = true }
        : head.IsChunked ? new(true, 0, false)
        : head.Length is { } length ? new(false, length, false) { IsOver = length == 0 }
        : new(false, 0, endsWithConnection: true);

    /// <summary>Passes on what of these bytes is the body's; returns how many were used up.</summary>
    public int Pass(ReadOnlySpan<byte> bytes, PipeWriter to)
    {
        if (!_isChunked)
        {
            var piece = EndsWithConnection || bytes.Length < _left ? bytes : bytes[..(int)_left];
            to.Write(piece);
            Passed(piece.Length);
            return piece.Length;
        }

        var used = 0;
        while (!IsOver && PassChunk(bytes[used..], to) is > 0 and var taken)
        {
            used += taken;
        }

        return used;
    }

    public void ConnectionEnded() => IsOver = EndsWithConnection ? true : throw new EndOfStreamException();

    private void Passed(int count)
    {
        IsPending |= count > 0;
        if (!EndsWithConnection)
        {
            _left -= count;
            IsOver = !_isChunked && _left == 0;
        }
    }

    // One step: a size, some of a chunk's bytes, or the line's end after it. 0: more is needed.
    private int PassChunk(ReadOnlySpan<byte> bytes, PipeWriter to)
    {
        if (_isInChunk && _left > 0)
        {
            var piece = bytes.Length < _left ? bytes : bytes[..(int)_left];
            to.Write(piece);
            Passed(piece.Length);
            return piece.Length;
        }

        if (_isInChunk)
        {
            (_isInChunk, _isAfterChunk) = (false, true);
        }

        return _isAfterChunk ? PassLineEnd(bytes) : ReadSize(bytes);
    }

    private int PassLineEnd(ReadOnlySpan<byte> bytes)
    {
        var length = bytes is [(byte)'\r', (byte)'\n', ..] ? 2 : bytes is [(byte)'\n', ..] ? 1 : 0;
        if (length == 0 && bytes is not [] and not [(byte)'\r'])
        {
            throw WireException.NoAnswer();
        }

        _isAfterChunk = length == 0;
        return length;
    }

    // RFC 9112 §7.1: 1*HEXDIG, and extensions that nobody needs to know.
    private int ReadSize(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            return bytes.Length < LongestSizeLine ? 0 : throw WireException.NoAnswer();
        }

        var line = bytes[..end].TrimEnd((byte)'\r');
        var semicolon = line.IndexOf((byte)';');
        var digits = (semicolon < 0 ? line : line[..semicolon]).TrimEnd(" \t"u8);
        if (digits.IsEmpty || digits.Length > 15 || !long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left))
        {
            throw WireException.NoAnswer();
        }

        IsOver = _left == 0;
        _isInChunk = !IsOver;
        return end + 1;
    }
}
