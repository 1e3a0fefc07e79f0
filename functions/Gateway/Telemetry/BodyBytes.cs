using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Telemetry;

/// <summary>Counts the bytes of both bodies as they pass: the response's by whichever of its three ways they are written, each made when it is asked for.</summary>
internal sealed class BodyBytes(IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature
{
    private long _received;
    private long _sent;
    private CountedStream? _stream;
    private CountedWriter? _writer;

    public long Received => Interlocked.Read(ref _received);

    public long Sent => Interlocked.Read(ref _sent);

    public Stream Stream => _stream ??= new(inner.Stream, this);

    public PipeWriter Writer => _writer ??= new(inner.Writer, this);

    /// <summary>Counts from here on.</summary>
    public static BodyBytes Count(HttpContext context)
    {
        var bytes = new BodyBytes(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true)
        {
            context.Request.Body = new CountedStream(context.Request.Body, bytes);
        }

        context.Features.Set<IHttpResponseBodyFeature>(bytes);
        return bytes;
    }

    public void Receive(int count) => Interlocked.Add(ref _received, count);

    public void Send(int count) => Interlocked.Add(ref _sent, count);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task CompleteAsync() => inner.CompleteAsync();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);
}
