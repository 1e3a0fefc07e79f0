using System.Diagnostics.Metrics;
using Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Storage;

/// <summary>A clock, meters and a log for tests around storage.</summary>
internal sealed class StorageWorld : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public StorageWorld()
    {
        Meters = _services.GetRequiredService<IMeterFactory>();
        Metrics = new(Meters);
        Health = new(Time, Metrics, Log);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public IMeterFactory Meters { get; }

    public StorageMetrics Metrics { get; }

    public FakeLogger<StorageHealth> Log { get; } = new();

    public StorageHealth Health { get; }

    public void Pass(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public void Dispose() => _services.Dispose();
}
