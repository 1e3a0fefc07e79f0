using System.Net;
using Gateway.Upstreams;

namespace Costs.Stand;

/// <summary>A service that answers at once with 1 KiB of JSON and five header fields, in place of every connection.</summary>
internal sealed class InstantService : HttpMessageHandler, IUpstreamHandlers
{
    private static readonly byte[] _body = [.. Enumerable.Repeat((byte)' ', 1024)];

    public HttpMessageHandler Create(string service, ServiceConfig config) => this;

    public static HttpResponseMessage Answer()
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(_body) };
        answer.Headers.TryAddWithoutValidation("Date", "Wed, 25 Nov 2026 12:00:00 GMT");
        answer.Headers.TryAddWithoutValidation("Server", "backend");
        answer.Headers.TryAddWithoutValidation("ETag", "\"5f3a\"");
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        answer.Content.Headers.TryAddWithoutValidation("Content-Length", "1024");
        return answer;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Answer());
}
