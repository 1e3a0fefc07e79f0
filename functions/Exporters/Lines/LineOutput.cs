using System.Buffers;

namespace Exporters.Lines;

/// <summary>Gathers lines and writes them from a thread of its own, so that no request waits for whoever reads the log, unless that one stays far behind.</summary>
internal sealed class LineOutput : IDisposable
{
    // Beyond this, who logs waits: memory is worth more than the next line.
    private const int Most = 4 * 1024 * 1024;

    private readonly Stream _output;
    private readonly TimeSpan _gathering;
    private readonly Thread _writer;
    private readonly object _gate = new();
    private ArrayBufferWriter<byte> _gathered = new();
    private ArrayBufferWriter<byte> _writing = new();
    private bool _isUrgent;
    private bool _isOver;

    public LineOutput(Stream output, TimeSpan gathering)
    {
        (_output, _gathering) = (output, gathering);
        _writer = new(WriteAll) { IsBackground = true, Name = "Log" };
        _writer.Start();
    }

    public void Write(ReadOnlySpan<byte> line, bool isUrgent)
    {
        lock (_gate)
        {
            while (_gathered.WrittenCount > Most && !_isOver)
            {
                Monitor.Wait(_gate);
            }

            var wasEmpty = _gathered.WrittenCount == 0;
            _gathered.Write(line);
            if (wasEmpty || (isUrgent && !_isUrgent))
            {
                _isUrgent |= isUrgent;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Writes what is there and ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.PulseAll(_gate);
        }

        _writer.Join();
    }

    private void WriteAll()
    {
        while (Gather())
        {
            try
            {
                _output.Write(_writing.WrittenSpan);
                _output.Flush();
            }
            catch (IOException)
            {
                // Nobody reads the log any more; there is nowhere to say so.
            }

            _writing.ResetWrittenCount();
        }
    }

    // False: all is written, and nothing more comes.
    private bool Gather()
    {
        lock (_gate)
        {
            while (_gathered.WrittenCount == 0 && !_isOver)
            {
                Monitor.Wait(_gate);
            }

            if (!_isUrgent && !_isOver)
            {
                Monitor.Wait(_gate, _gathering);
            }

            _isUrgent = false;
            (_gathered, _writing) = (_writing, _gathered);
            Monitor.PulseAll(_gate);
            return _writing.WrittenCount > 0;
        }
    }
}
