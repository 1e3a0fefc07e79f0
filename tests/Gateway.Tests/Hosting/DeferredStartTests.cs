using Gateway.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Hosting;

public sealed class DeferredStartTests : IDisposable
{
    private readonly List<string> _told = [];
    private readonly ServiceProvider _services;
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly DeferredStart _start;

    public DeferredStartTests()
    {
        _services = new ServiceCollection().AddSingleton(_told).AddSingleton<One>().AddSingleton<Other>().BuildServiceProvider();
        _start = new(_services, new([Of<One>(), Of<Other>()]), _lifetime, NullLogger<DeferredStart>.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _start.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Host_StartsNothing()
    {
        await _start.StartAsync(Cancellation);

        Assert.Empty(_told);
        Assert.False(_start.IsDone);
    }

    [Fact]
    public async Task FirstRequests_AtOnce_StartEachOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _start.StartAllAsync(Cancellation), Cancellation)));

        Assert.Equal(["+One", "+Other"], _told);
        Assert.True(_start.IsDone);
    }

    [Fact]
    public async Task Start_ThatFailed_IsTriedAgainAtTheNextRequest()
    {
        _services.GetRequiredService<Other>().Fails = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _start.StartAllAsync(Cancellation));
        Assert.False(_start.IsDone);
        _services.GetRequiredService<Other>().Fails = false;

        await _start.StartAllAsync(Cancellation);

        Assert.Equal(["+One", "+Other"], _told);
        Assert.True(_start.IsDone);
    }

    [Fact]
    public async Task Stop_EndsWhatHasStarted_TheLastFirst()
    {
        await _start.StartAllAsync(Cancellation);

        await _start.StopAsync(Cancellation);

        Assert.Equal(["+One", "+Other", "-Other", "-One"], _told);
    }

    [Fact]
    public async Task Request_DuringTheStop_StartsNothing()
    {
        await _start.StopAsync(Cancellation);

        await _start.StartAllAsync(Cancellation);

        Assert.Empty(_told);
    }

    [Fact]
    public async Task Service_ThatDies_StopsTheInstance()
    {
        var stopping = new TaskCompletionSource();
        using var stopped = _lifetime.ApplicationStopping.Register(stopping.SetResult);
        using var start = new DeferredStart(_services, new([new(typeof(Dying), _ => new Dying())]), _lifetime, NullLogger<DeferredStart>.Instance);

        await start.StartAllAsync(Cancellation);

        await stopping.Task.WaitAsync(Cancellation);
    }

    private static DeferredService Of<T>()
        where T : IHostedService => new(typeof(T), provider => provider.GetRequiredService<T>());

    private abstract class Told(List<string> told) : IHostedService
    {
        public bool Fails { get; set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new InvalidOperationException();
            }

            told.Add($"+{GetType().Name}");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            told.Add($"-{GetType().Name}");
            return Task.CompletedTask;
        }
    }

    private sealed class Dying : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("It is over.");
        }
    }

    private sealed class One(List<string> told) : Told(told);

    private sealed class Other(List<string> told) : Told(told);
}
