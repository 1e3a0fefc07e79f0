using Gateway.Upstreams.Wire;

namespace Gateway.Upstreams;

/// <summary>
/// One address of a service, live: the requests under way and its health. After <c>eject.after</c> failures in a row it is out
/// for <c>eject.for</c>; then it is back, and one more failure puts it out again, until a call succeeds.
/// </summary>
internal sealed class UpstreamUrl(Uri address, EjectConfig eject, TimeProvider time)
{
    // A timestamp of the provider; zero: in.
    private long _outUntil;
    private int _failures;
    private int _inFlight;

    public Uri Address { get; } = address;

    /// <summary>For the access log: without a query.</summary>
    public string Text { get; } = address.GetLeftPart(UriPartial.Path);

    /// <summary>Connections of our own; null: the service is reached by .NET's client only.</summary>
    public WirePool? Wires { get; set; }

    public int InFlight => Volatile.Read(ref _inFlight);

    public bool IsOut
    {
        get
        {
            // Computed when asked: an instance may be frozen between requests, so no timer could be trusted.
            var until = Interlocked.Read(ref _outUntil);
            return until != 0 && time.GetTimestamp() < until;
        }
    }

    public void Begin() => Interlocked.Increment(ref _inFlight);

    public void End() => Interlocked.Decrement(ref _inFlight);

    public void Succeeded()
    {
        if (Volatile.Read(ref _failures) != 0)
        {
            Interlocked.Exchange(ref _failures, 0);
            Interlocked.Exchange(ref _outUntil, 0);
        }
    }

    /// <summary>True: this failure put the address out.</summary>
    public bool Failed()
    {
        if (Interlocked.Increment(ref _failures) < eject.After)
        {
            return false;
        }

        var before = Interlocked.Read(ref _outUntil);
        var now = time.GetTimestamp();
        var until = now + (long)(eject.For.TotalSeconds * time.TimestampFrequency);
        return now >= before && Interlocked.CompareExchange(ref _outUntil, until, before) == before;
    }
}
