using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Gateway.Errors;

namespace Gateway.Upstreams.Wire;

/// <summary>One HTTP/1.1 connection to a service, which carries one call after the other.</summary>
internal sealed class WireConnection : IDisposable
{
    // As .NET's own client has it.
    private const int LongestHead = 64 * 1024;
    private const int BufferSize = 8 * 1024;
    private const int LargeSize = 128 * 1024;

    private readonly Stream _stream;
    private readonly Socket? _socket;
    private readonly byte[] _small = new byte[BufferSize];
    private CancellationTokenRegistration _caller;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private int _isGone;
    private volatile bool _callerLeft;

    public WireConnection(Stream stream, Socket? socket, TimeProvider time)
    {
        (_stream, _socket, _buffer) = (stream, socket, _small);
        Clock = new WireClock(time, Abort);
        OpenedAt = Clock.Now;
    }

    public WireClock Clock { get; }

    /// <summary>In the clock's timestamps.</summary>
    public long OpenedAt { get; }

    /// <summary>The request that goes out next.</summary>
    public WireFields Fields { get; } = new();

    /// <summary>The answer that came last.</summary>
    public AnswerHead Answer { get; } = new();

    /// <summary>True: a byte of an answer came since the call began.</summary>
    public bool HasAnswer { get; private set; }

    /// <summary>Nobody has ended it yet.</summary>
    public bool IsOpen => Volatile.Read(ref _isGone) == 0;

    /// <summary>The service has closed it, or says what it was not asked for. Only of one that carries no call.</summary>
    public bool IsStale => !IsOpen || _start != _end || _socket?.Poll(0, SelectMode.SelectRead) == true;

    private Span<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>From now on it carries a call, which ends when its caller leaves.</summary>
    public void Begin(CancellationToken caller)
    {
        HasAnswer = false;
        Fields.Clear();
        _caller = caller.UnsafeRegister(static connection => ((WireConnection)connection!).CallerLeaves(), this);
    }

    /// <summary>The call is over, and its caller's leaving nothing to this connection.</summary>
    public void End()
    {
        Clock.Stop();
        Shrink();
        _caller.Dispose();
        _caller = default;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes);

    /// <summary>Reads <see cref="Answer"/>. Interim answers (RFC 9110 §15.2) are passed over.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadHeadAsync()
    {
        var seen = 0;
        while (true)
        {
            var length = FindEmptyLine(Unread, ref seen);
            if (length > 0)
            {
                Answer.Read(Unread[..length]);
                _start += length;
                seen = 0;
                if (Answer.Status >= 200)
                {
                    return;
                }

                // Nobody asked for another protocol.
                if (Answer.Status == 101)
                {
                    throw WireException.NoAnswer();
                }

                continue;
            }

            if (_end - _start >= LongestHead)
            {
                throw WireException.NoAnswer();
            }

            await FillAsync();
            HasAnswer = true;
        }
    }

    /// <summary>Passes a body on to its end. Whole in what came with the head, it is left to the writer when it goes out.</summary>
    /// <param name="framing">How its end is known.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="idle">For how long nothing may come.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask CopyBodyAsync(BodyFraming framing, PipeWriter to, TimeSpan idle)
    {
        while (!framing.IsOver)
        {
            var taken = framing.Pass(Unread, to);
            _start += taken;
            if (framing.IsOver)
            {
                break;
            }

            if (framing.IsPending)
            {
                // What the service has sent so far goes on so far. Before its first byte nothing does, so that a failure can still be told.
                await FlushAsync(to);
                framing.IsPending = false;
            }

            await FillAsync(framing.EndsWithConnection);
            if (_start == _end)
            {
                framing.ConnectionEnded();
            }

            Clock.Wind(idle);
        }
    }

    /// <summary>Reads the section of trailers into <see cref="Answer"/>.</summary>
    public async ValueTask ReadTrailersAsync()
    {
        var seen = 0;
        int length;
        while ((length = FindEnd(Unread, ref seen)) == 0)
        {
            if (_end - _start >= LongestHead)
            {
                throw WireException.NoAnswer();
            }

            await FillAsync();
        }

        Answer.ReadTrailers(Unread[..length]);
        _start += length;
    }

    /// <summary>What an exception of this connection means.</summary>
    public UpstreamFailure Explain(Exception exception) =>
        _callerLeft ? new(GatewayError.ClientGone, FailurePoint.Client)
        : Clock.Expired ? new(GatewayError.UpstreamTimeout, FailurePoint.Waiting)
        : exception is WireException known ? known.Failure
        : new(GatewayError.UpstreamUnreachable, FailurePoint.Broken);

    public void Dispose()
    {
        End();
        Abort();
        Clock.Dispose();
    }

    private static async ValueTask FlushAsync(PipeWriter to)
    {
        var flushed = await to.FlushAsync();
        if (flushed.IsCanceled)
        {
            throw new OperationCanceledException();
        }
    }

    // The length of everything up to and with the first empty line; 0: it is not there yet.
    private static int FindEmptyLine(ReadOnlySpan<byte> bytes, ref int seen)
    {
        while (bytes[seen..].IndexOf((byte)'\n') is >= 0 and var at)
        {
            var next = seen + at + 1;
            var rest = bytes[next..];
            if (rest is [(byte)'\n', ..])
            {
                return next + 1;
            }

            if (rest is [(byte)'\r', (byte)'\n', ..])
            {
                return next + 2;
            }

            if (rest.IsEmpty || rest is [(byte)'\r'])
            {
                // Looked at again when more has come.
                return 0;
            }

            seen = next;
        }

        return 0;
    }

    // The trailer section may consist of the empty line alone.
    private static int FindEnd(ReadOnlySpan<byte> bytes, ref int seen) =>
        bytes is [(byte)'\n', ..] ? 1 : bytes is [(byte)'\r', (byte)'\n', ..] ? 2 : bytes.Length < 2 ? 0 : FindEmptyLine(bytes, ref seen);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync(bool mayEnd = false)
    {
        MakeRoom();
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end));
        _end += read;
        if (read == 0 && !mayEnd)
        {
            throw new EndOfStreamException();
        }
    }

    // Who filled the buffer has more to say: read in small pieces, a connection's window hardly opens, and its sender waits.
    private void MakeRoom()
    {
        if (_end == _buffer.Length && _buffer.Length < LargeSize)
        {
            var large = ArrayPool<byte>.Shared.Rent(LargeSize);
            Unread.CopyTo(large);
            (_buffer, _end, _start) = (large, _end - _start, 0);
        }
        else if (_start > 0)
        {
            Unread.CopyTo(_buffer);
            (_end, _start) = (_end - _start, 0);
        }
    }

    private void Shrink()
    {
        if (!ReferenceEquals(_buffer, _small) && _start == _end)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end) = (_small, 0, 0);
        }
    }

    private void CallerLeaves()
    {
        _callerLeft = true;
        Abort();
    }

    // Ends whatever reads or writes here.
    private void Abort()
    {
        if (Interlocked.Exchange(ref _isGone, 1) == 0)
        {
            _stream.Dispose();
        }
    }
}
