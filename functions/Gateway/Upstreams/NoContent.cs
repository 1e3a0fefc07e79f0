using System.Net;

namespace Gateway.Upstreams;

/// <summary>The body of a request that has none, for the fields that describe a body and are sent nevertheless.</summary>
internal sealed class NoContent : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return true;
    }
}
