using Gateway.Errors;

namespace Gateway.Upstreams.Wire;

/// <summary>The connections to one address that carry no call now, and how new ones are made.</summary>
internal sealed class WirePool(Uri address, IWireDial dial, TimeoutConfig timeout, TimeProvider time)
{
    /// <summary>A service that moves is found at its new place within this.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    /// <summary>What is not used closes after this.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(1);

    private const int SweepEvery = 256;

    private readonly Lock _gate = new();
    private readonly List<WireConnection> _idle = [];
    private int _returned;

    /// <summary>What a service is told of its own host.</summary>
    public string HostField { get; } = address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}";

    /// <summary>The path of the address, which stands before what is asked for; empty: none.</summary>
    public string Path { get; } = address.AbsolutePath.TrimEnd('/');

    /// <summary>The connection that was used last, if it is still good; null: none.</summary>
    public WireConnection? TryRent()
    {
        while (TakeLast() is { } connection)
        {
            if (connection.Clock.TryStop() && !connection.IsStale && !IsOld(connection))
            {
                return connection;
            }

            connection.Dispose();
        }

        return null;
    }

    /// <summary>Takes a connection back that can carry another call.</summary>
    public void Return(WireConnection connection)
    {
        if (IsOld(connection))
        {
            connection.Dispose();
            return;
        }

        // Its own clock ends it there.
        connection.Clock.Wind(IdleTime);
        lock (_gate)
        {
            _idle.Add(connection);
            if (++_returned % SweepEvery == 0)
            {
                Sweep();
            }
        }
    }

    /// <exception cref="WireException">No connection, with the reason.</exception>
    public async ValueTask<WireConnection> DialAsync(TimeSpan left, CancellationToken caller)
    {
        var patience = timeout.Connect < left ? timeout.Connect : left;
        using var limit = new CancellationTokenSource(patience < CallClock.Longest ? patience : CallClock.Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, caller);
        try
        {
            var (stream, socket) = await dial.ConnectAsync(address, either.Token);
            return new(stream, socket, time);
        }
        catch (Exception exception)
        {
            throw new WireException(Explain(caller.IsCancellationRequested, limit.IsCancellationRequested, isWhole: patience == left), exception);
        }
    }

    private static UpstreamFailure Explain(bool isCallerGone, bool isLate, bool isWhole) =>
        isCallerGone ? new(GatewayError.ClientGone, FailurePoint.Client)
        : !isLate ? new(GatewayError.UpstreamUnreachable, FailurePoint.Connecting)
        : new(GatewayError.UpstreamTimeout, isWhole ? FailurePoint.Waiting : FailurePoint.Connecting);

    private bool IsOld(WireConnection connection) => time.GetElapsedTime(connection.OpenedAt) > Lifetime;

    // The one that was used last is taken first, so that those whose clock has ended them stay here.
    private void Sweep()
    {
        foreach (var ended in _idle.Where(static idle => !idle.IsOpen))
        {
            ended.Dispose();
        }

        _idle.RemoveAll(static idle => !idle.IsOpen);
    }

    private WireConnection? TakeLast()
    {
        lock (_gate)
        {
            if (_idle.Count == 0)
            {
                return null;
            }

            var last = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return last;
        }
    }
}
