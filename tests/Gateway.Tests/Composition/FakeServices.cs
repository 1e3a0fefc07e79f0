using System.Net;
using System.Text;
using Gateway.Requests;
using Gateway.Upstreams;

namespace Gateway.Tests.Composition;

/// <summary>Services whose answers a test decides; keeps what they were sent.</summary>
internal sealed class FakeServices : IUpstreams
{
    private readonly Dictionary<string, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = [];

    public List<(string Service, HttpMethod Method, string Url, string Body, HttpRequestMessage Message)> Calls { get; } = [];

    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> this[string service]
    {
        set => _answers[service] = value;
    }

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK, string type = "application/json") =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, type) };

    /// <summary>The deadline that each path was called with.</summary>
    public Dictionary<string, TimeSpan?> Deadlines { get; } = [];

    public void Answer(string service, string json) => this[service] = (_, _) => Task.FromResult(Json(json));

    public IUpstream Get(string name, GatewayConfig config) => new FakeService(name, this);

    private sealed class FakeService(string name, FakeServices services) : IUpstream
    {
        public string Name => name;

        public ServiceConfig Config { get; } = new() { Urls = ["http://backend.example/base"] };

        public async Task<HttpResponseMessage> SendAsync(Func<Uri, HttpRequestMessage> create, TraceLink? trace, TimeSpan? deadline, CancellationToken cancellation)
        {
            var message = create(new Uri(Config.Urls[0]));
            var body = message.Content is null ? "" : await message.Content.ReadAsStringAsync(cancellation);
            lock (services.Calls)
            {
                services.Deadlines[message.RequestUri!.AbsolutePath] = deadline;
                services.Calls.Add((name, message.Method, message.RequestUri!.OriginalString, body, message));
            }

            return await services._answers[name](message, cancellation);
        }
    }
}
