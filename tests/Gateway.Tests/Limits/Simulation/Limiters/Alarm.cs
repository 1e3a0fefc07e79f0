using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Limits.Simulation.Limiters;

/// <summary>A logger for code that has no reason to warn of anything: whatever happens in a run, the limiter must cope with it.</summary>
internal sealed class Alarm<T>(Action<string> report) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        report($"{formatter(state, exception)} {exception}");
}
