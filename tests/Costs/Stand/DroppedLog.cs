using Microsoft.Extensions.Logging;

namespace Costs.Stand;

/// <summary>A log that takes every line and writes none: what a line costs where it is made, and nothing of where it is written.</summary>
internal sealed class DroppedLog : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
    }

    public void Dispose()
    {
    }
}
