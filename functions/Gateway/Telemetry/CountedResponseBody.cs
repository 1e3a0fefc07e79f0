using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Telemetry;

/// <summary>The server's response body with its bytes counted, by whichever of its three ways they are written.</summary>
internal sealed class CountedResponseBody(IHttpResponseBodyFeature inner, Action<int> moved) : IHttpResponseBodyFeature
{
    public Stream Stream { get; } = new CountedStream(inner.Stream, moved);

    public PipeWriter Writer { get; } = new CountedWriter(inner, moved);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task CompleteAsync() => inner.CompleteAsync();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    private sealed class CountedWriter(IHttpResponseBodyFeature body, Action<int> moved) : PipeWriter
    {
        public override void Advance(int bytes)
        {
            moved(bytes);
            body.Writer.Advance(bytes);
        }

        public override bool CanGetUnflushedBytes => body.Writer.CanGetUnflushedBytes;

        public override long UnflushedBytes => body.Writer.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => body.Writer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => body.Writer.GetSpan(sizeHint);

        public override void CancelPendingFlush() => body.Writer.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => body.Writer.Complete(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => body.Writer.FlushAsync(cancellationToken);
    }
}
