using System.Collections.Concurrent;
using System.Globalization;

namespace EndToEnd.Harness;

/// <summary>What a service behind several gateways sees: which one admitted each request, and by its own word when.</summary>
internal sealed class Admissions
{
    private readonly ConcurrentQueue<(int Gateway, long? Stamp)> _all = new();

    /// <summary>Requests that came without the time of their admission.</summary>
    public int Unstamped => _all.Count(admission => admission.Stamp is null);

    /// <summary>The service. The path is the number of the gateway; a POST is sent on at most once, so that each arrival is one admission.</summary>
    public Task TakeAsync(HttpContext context)
    {
        var gateway = int.Parse(context.Request.Path.Value!.AsSpan(1), CultureInfo.InvariantCulture);
        var stamp = long.TryParse(context.Request.Headers["X-Gateway-Admitted"], NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds) ? nanoseconds : (long?)null;
        _all.Enqueue((gateway, stamp));
        return Task.CompletedTask;
    }

    /// <summary>Waits until these gateways together have admitted so many more than now.</summary>
    public Task GrowAsync(int more, params int[] gateways)
    {
        var enough = CountOf(gateways) + more;
        return Eventually.HoldsAsync(() => CountOf(gateways) >= enough, $"the gateways {string.Join(", ", gateways)} have admitted {more} more");
    }

    /// <summary>The most admissions that any half-open interval of this length holds: one of them begins it.</summary>
    public int MostWithin(TimeSpan window)
    {
        var stamps = _all.Select(admission => admission.Stamp).OfType<long>().Order().ToArray();
        var (first, most) = (0, 0);
        for (var last = 0; last < stamps.Length; last++)
        {
            while (stamps[last] - stamps[first] >= window.TotalNanoseconds)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private int CountOf(int[] gateways) => _all.Count(admission => gateways.Contains(admission.Gateway));
}
