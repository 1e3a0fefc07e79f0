using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Bodies;

/// <summary>A body of unknown length: the read that passes the limit fails and gives nothing of what it read, so that no reader sees more than the limit.</summary>
internal sealed class LimitedBody(Stream inner, ByteSize limit, GatewayRequest request) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static Failure TooLarge(ByteSize limit) => new(GatewayError.RequestTooLarge) { Detail = $"This route takes bodies of up to {limit}." };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        _read += read;
        if (_read <= limit.Bytes)
        {
            return read;
        }

        // Whoever reads reports this as its own failure (a broken call to a service, say); what stands here first is what the client is told.
        request.Failure = TooLarge(limit);
        throw new BadHttpRequestException("The body is larger than the route takes.", StatusCodes.Status413PayloadTooLarge);
    }
}
