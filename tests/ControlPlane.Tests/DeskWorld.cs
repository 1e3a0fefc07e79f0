using Azure.Data.Tables;
using ControlPlane.Consumers;
using ControlPlane.Keys;
using ControlPlane.Limits;
using ControlPlane.Storage;
using ControlPlane.Tests.Management;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Records;
using Tests.Shared;

namespace ControlPlane.Tests;

/// <summary>The desks over tables in memory.</summary>
internal sealed class DeskWorld : IDisposable
{
    private readonly ServiceProvider _services;

    public DeskWorld()
    {
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<TableServiceClient>(Tables)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IPepperSource>(new FixedPeppers(Peppers))
            .AddControlPlane(new() { ManageKey = new string('k', 32) })
            .BuildServiceProvider();
        Consumers = _services.GetRequiredService<ConsumerDesk>();
        Keys = _services.GetRequiredService<KeyDesk>();
        Limits = _services.GetRequiredService<LimitDesk>();
    }

    public LogLines Log { get; } = new();

    public FakeTables Tables { get; } = new();

    public FakeTimeProvider Time { get; } = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public Peppers Peppers { get; } = new(new(3, new byte[32]));

    public ConsumerDesk Consumers { get; }

    public KeyDesk Keys { get; }

    public LimitDesk Limits { get; }

    public async Task<KeyRecord> StoredAsync(string id) =>
        (await _services.GetRequiredService<IRecordStore<KeyRecord>>().FindAsync(id, TestContext.Current.CancellationToken))!.Record;

    public Task<bool> UseAsync(string id, DateOnly day) =>
        _services.GetRequiredService<IRecordStore<KeyUseRecord>>().TryAddAsync(new() { KeyId = id, Day = day }, TestContext.Current.CancellationToken);

    public async Task<IssuedKey> CreateAsync(string consumer, NewKey? key = null) =>
        (await Keys.CreateAsync(consumer, key ?? new(), TestContext.Current.CancellationToken)).Value!;

    public void Dispose() => _services.Dispose();
}
