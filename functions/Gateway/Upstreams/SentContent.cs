using System.Net;

namespace Gateway.Upstreams;

/// <summary>
/// A request body on its way from the client to a service: winds up the clock with every byte, knows on whose side it stands still
/// or failed, and keeps up to 1 MB for another attempt where one may be made.
/// </summary>
internal sealed class SentContent : HttpContent
{
    internal const int MostKept = 1024 * 1024;

    private readonly HttpContent _client;
    private readonly CallClock _clock;
    private MemoryStream? _kept;
    private bool _complete;
    private bool _serviceFailed;
    private int _writing;

    public SentContent(HttpContent client, CallClock clock, bool keep)
    {
        _client = client;
        _clock = clock;
        _kept = keep && client.Headers.ContentLength is null or <= MostKept ? new MemoryStream() : null;
        foreach (var (name, values) in client.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <summary>Reading has begun.</summary>
    public bool Touched { get; private set; }

    /// <summary>It is the client's next bytes that are waited for.</summary>
    public bool AwaitsClient => Touched && !_complete && Volatile.Read(ref _writing) == 0;

    /// <summary>The client's side of the body failed.</summary>
    public bool ClientFailed { get; private set; }

    /// <summary>True: it can be sent from its beginning, because it was not touched or is kept whole.</summary>
    public bool Rewind() => !Touched || (_complete && _kept is not null);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_complete && _kept is not null)
        {
            await stream.WriteAsync(_kept.GetBuffer().AsMemory(0, (int)_kept.Length), cancellationToken);
            _clock.RequestSent();
            return;
        }

        Touched = true;
        _clock.Moved();
        try
        {
            await _client.CopyToAsync(new Tap(this, stream), context, cancellationToken);
            _complete = !_serviceFailed;
        }
        catch (Exception) when (!_serviceFailed)
        {
            ClientFailed = true;
            throw;
        }
        finally
        {
            _clock.RequestSent();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        // What the client declared stands in the header fields; nothing else is known.
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _client.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask WriteAsync(Stream service, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Keep(bytes.Span);
        await OnServiceAsync(service.WriteAsync(bytes, cancellation));
        // What the client sent at once goes on at once; the handler would rather fill its buffer first.
        await OnServiceAsync(new ValueTask(service.FlushAsync(cancellation)));
    }

    private async ValueTask OnServiceAsync(ValueTask operation)
    {
        Volatile.Write(ref _writing, 1);
        try
        {
            await operation;
        }
        catch
        {
            _serviceFailed = true;
            throw;
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }

        _clock.Moved();
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_kept is not null && _kept.Length + bytes.Length <= MostKept)
        {
            _kept.Write(bytes);
        }
        else
        {
            _kept = null;
        }
    }

    /// <summary>The service's end, as the copying from the client sees it.</summary>
    private sealed class Tap(SentContent owner, Stream service) : WriteOnlyStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            owner.WriteAsync(service, buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) =>
            owner.OnServiceAsync(new ValueTask(service.FlushAsync(cancellationToken))).AsTask();
    }
}
