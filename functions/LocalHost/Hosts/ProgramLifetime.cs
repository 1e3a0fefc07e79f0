namespace LocalHost.Hosts;

/// <summary>Signals are the program's: the hosts in it stop one after the other, in the order that lets requests end well.</summary>
internal sealed class ProgramLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
