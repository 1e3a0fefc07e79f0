using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace EndToEnd.Harness;

/// <summary>Clients that go on asking several front doors for what services of the mesh answer, and look at every answer.</summary>
internal sealed class MeshLoad : IAsyncDisposable
{
    private const int ClientsOfEach = 4;

    // What is stored stays, and makes each list longer.
    private const int TurnsForAnOrder = 200;

    private const string Caller = "spiffe://local.internal/gateway";

    private static readonly byte[] Sent = [.. Enumerable.Range(0, 64 * 1024).Select(index => (byte)index)];
    private static readonly string SentHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Sent));

    private static readonly Call[] Calls =
    [
        new("GET", "/orders?customer=ada", HttpStatusCode.OK, text => text.Contains("\"o-1001\"", StringComparison.Ordinal)),
        new("POST", "/echo", HttpStatusCode.OK, text => text.Contains(SentHash, StringComparison.Ordinal) && text.Contains(Caller, StringComparison.Ordinal)) { Body = Sent },
        new("GET", "/customers/ada", HttpStatusCode.OK, text => text.Contains("Ada Lovelace", StringComparison.Ordinal)),
        new("GET", "/overview/ada", HttpStatusCode.OK, text => new[] { "Ada Lovelace", "o-1001", "points" }.All(part => text.Contains(part, StringComparison.Ordinal))),
        new("GET", "/echo/seen", HttpStatusCode.OK, text => text.Contains(Caller, StringComparison.Ordinal)),
        new("GET", "/orders/o-1001", HttpStatusCode.OK, text => text.Contains("analytical engine", StringComparison.Ordinal)),
        new("GET", "/echo/bytes/200000", HttpStatusCode.OK, text => text.Length == 200_000),
    ];

    private static readonly Call Order = new("POST", "/orders", HttpStatusCode.Created, text => text.Contains("\"load\"", StringComparison.Ordinal))
    {
        Body = """{"customer":"load","item":"a request","quantity":1,"price":1}"""u8.ToArray(),
        Type = "application/json",
    };

    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentDictionary<int, string> _serials = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<HttpClient> _clients;
    private readonly Task _all;
    private long _answers;

    /// <summary>Begins.</summary>
    public MeshLoad(IReadOnlyList<LocalHostProcess> doors, string key)
    {
        _clients = [.. doors.SelectMany(door => Enumerable.Range(0, ClientsOfEach).Select(_ => NewClient(door, key)))];
        _all = Task.WhenAll(_clients.Select((client, index) => AskAsync(client, index / ClientsOfEach, index)));
    }

    /// <summary>Answers so far, right and wrong.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>What was not as it must be.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Serial number of the certificate with which each front door called last, as Echo saw it.</summary>
    public ICollection<string> CallerSerials => _serials.Values;

    /// <summary>Waits until there are so many more answers.</summary>
    public Task GrowAsync(int more)
    {
        var enough = Answers + more;
        return Eventually.HoldsAsync(() => Answers >= enough, $"{more} more answers came");
    }

    /// <summary>Sends no more, and waits for what is under way.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _all;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _clients.ForEach(client => client.Dispose());
        _stop.Dispose();
    }

    private static HttpClient NewClient(LocalHostProcess door, string key)
    {
        var client = Http.NewClient(door.Values["GATEWAY_URL"]);
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    private async Task AskAsync(HttpClient client, int door, int turn)
    {
        // The doors, the services, their storage and this load share what may be two cores.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (; !_stop.IsCancellationRequested; turn++)
        {
            await AskAsync(client, door, turn % TurnsForAnOrder == 0 ? Order : Calls[turn % Calls.Length]);
            Interlocked.Increment(ref _answers);
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task AskAsync(HttpClient client, int door, Call call)
    {
        try
        {
            using var request = call.Request();
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (response.StatusCode != call.Status || !call.IsRight(text))
            {
                NoteWrong(call, $"{(int)response.StatusCode} {text[..Math.Min(text.Length, 500)]}");
            }
            else if (call.Path == "/echo/seen")
            {
                _serials[door] = JsonDocument.Parse(text).RootElement.GetProperty("callerSerial").GetString()!;
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or TaskCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            NoteWrong(call, broken.ToString());
        }
    }

    private void NoteWrong(Call call, string what) =>
        _wrong.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff} {call.Method} {call.Path}: {what}"));

    /// <summary>A request, and what its answer must be.</summary>
    private sealed record Call(string Method, string Path, HttpStatusCode Status, Func<string, bool> IsRight)
    {
        public byte[]? Body { get; init; }

        public string Type { get; init; } = "application/octet-stream";

        public HttpRequestMessage Request()
        {
            var request = Http.Request(Method, Path);
            if (Body is not null)
            {
                request.Content = new ByteArrayContent(Body) { Headers = { ContentType = new(Type) } };
            }

            return request;
        }
    }
}
