using System.Collections.Concurrent;
using System.Text;

namespace EndToEnd.Harness;

/// <summary>Takes what a local host exports by OTLP. What that is made of is read in Exporters.Tests; here the bytes are searched.</summary>
internal sealed class TelemetrySink : IAsyncDisposable
{
    private readonly ConcurrentQueue<byte[]> _received;
    private readonly TestBackend _backend;

    private TelemetrySink(TestBackend backend, ConcurrentQueue<byte[]> received) => (_backend, _received) = (backend, received);

    /// <summary>Everything that came, as text.</summary>
    public string Text => string.Join('\n', _received.Select(Encoding.UTF8.GetString));

    /// <summary>What turns the local host's exporter on.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _backend.Url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    public static async Task<TelemetrySink> StartAsync()
    {
        var received = new ConcurrentQueue<byte[]>();
        var backend = await TestBackend.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue(body.ToArray());
            context.Response.ContentType = "application/x-protobuf";
        });
        return new(backend, received);
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();
}
