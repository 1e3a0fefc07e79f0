using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Costs.Stand;

/// <summary>A response that nobody reads. It begins as at a server: what waits for that runs first, the last registered before the others.</summary>
internal sealed class DroppedResponse : HttpResponseFeature, IHttpResponseBodyFeature, IDisposable
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _waiting = new();
    private readonly DroppedBytes _body;
    private bool _hasStarted;

    public DroppedResponse()
    {
        _body = new(this);
        Writer = PipeWriter.Create(_body);
    }

    /// <summary>Registrations for the beginning of the response, of this request so far.</summary>
    public int Callbacks { get; private set; }

    /// <summary>Bytes of the body, of this request so far.</summary>
    public long Length { get; private set; }

    public override bool HasStarted => _hasStarted;

    Stream IHttpResponseBodyFeature.Stream => _body;

    public PipeWriter Writer { get; }

    public override void OnStarting(Func<object, Task> callback, object state)
    {
        Callbacks++;
        _waiting.Push((callback, state));
    }

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (!_hasStarted)
        {
            _hasStarted = true;
            while (_waiting.TryPop(out var one))
            {
                Completed.Now(one.Callback(one.State));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>As a server does before it reads the next request from a connection.</summary>
    public void Reset()
    {
        Headers.Clear();
        _waiting.Clear();
        (StatusCode, _hasStarted, Callbacks, Length) = (StatusCodes.Status200OK, false, 0, 0);
    }

    public void Dispose() => _body.Dispose();

    public Task CompleteAsync() => StartAsync();

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private sealed class DroppedBytes(DroppedResponse response) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return default;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Flush();
            response.Length += buffer.Length;
        }

        public override void Flush() => Completed.Now(response.StartAsync());

        public override Task FlushAsync(CancellationToken cancellationToken) => response.StartAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
