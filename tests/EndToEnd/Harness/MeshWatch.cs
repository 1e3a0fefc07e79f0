namespace EndToEnd.Harness;

/// <summary>Looks at the mesh again and again, once for all who wait for something there: each look costs storage that the mesh needs too.</summary>
internal sealed class MeshWatch : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _looking;
    private volatile MeshView _latest;

    private MeshWatch(MeshDesk desk, MeshView first)
    {
        _latest = first;
        _looking = LookAsync(desk);
    }

    public MeshView Latest => _latest;

    public static async Task<MeshWatch> StartAsync(MeshDesk desk) => new(desk, await desk.ShowAsync());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        _stop.Dispose();
    }

    private async Task LookAsync(MeshDesk desk)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!_stop.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            _latest = await desk.ShowAsync();
        }
    }
}
