using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace EndToEnd.Harness;

/// <summary>Clients that ask several gateways for far more than they may admit: again at once when served, and soon when refused.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private const int ClientsOfEach = 4;

    // Many times what a test takes: it ends the flood of a test that hangs.
    private const int Most = 500_000;

    private readonly ConcurrentQueue<(HttpStatusCode Status, string? RetryAfter)> _answers = new();
    private readonly ConcurrentDictionary<int, string> _broken = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<HttpClient> _clients;
    private readonly Task _all;
    private int _sent;

    /// <summary>Begins. The path of a request is the number of the gateway.</summary>
    public Flood(IEnumerable<string> addresses)
    {
        _clients = [.. addresses.Select(Http.NewClient)];
        _all = Task.WhenAll(_clients.SelectMany((client, gateway) => Enumerable.Range(0, ClientsOfEach).Select(_ => AskAsync(client, gateway))));
    }

    /// <summary>Retry-After of every 429; null where there was none.</summary>
    public IEnumerable<string?> Refusals => _answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).Select(answer => answer.RetryAfter);

    public IEnumerable<HttpStatusCode> Statuses => _answers.Select(answer => answer.Status).Distinct();

    /// <summary>Gateways whose connections broke, and how.</summary>
    public IReadOnlyDictionary<int, string> Broken => _broken;

    /// <summary>Sends no more, and waits for what is under way.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _all;
    }

    public override string ToString() => string.Join(", ", _answers.CountBy(answer => answer.Status).Select(count => $"{(int)count.Key}: {count.Value}"));

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _clients.ForEach(client => client.Dispose());
        _stop.Dispose();
    }

    private async Task AskAsync(HttpClient client, int gateway)
    {
        // Four gateways, their storage and this flood share what may be two cores.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        try
        {
            while (!_stop.IsCancellationRequested && Interlocked.Increment(ref _sent) <= Most)
            {
                using var response = await client.SendAsync("POST", string.Create(CultureInfo.InvariantCulture, $"/{gateway}"));
                _answers.Enqueue((response.StatusCode, response.Headers.TryGetValues("Retry-After", out var values) ? string.Join(',', values) : null));
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
                }
            }
        }
        catch (HttpRequestException e)
        {
            _broken[gateway] = e.Message;
        }
    }
}
