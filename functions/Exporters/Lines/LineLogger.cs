using Microsoft.Extensions.Logging;

namespace Exporters.Lines;

/// <summary>The lines of one category.</summary>
internal sealed class LineLogger(string category, LineOutput output, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        using var line = LineText.Rent();
        line.AddInstant(time.GetUtcNow());
        line.Add(NameOf(logLevel));
        line.Add(category);
        line.Add(": ");
        // Who is often asked to log can write its line without a string in between.
        if (exception is null && state is IUtf8SpanFormattable)
        {
            line.Add((IUtf8SpanFormattable)state);
        }
        else
        {
            line.AddTame(formatter(state, exception));
            line.AddTame(exception is null ? "" : " " + exception);
        }

        output.Write(line.Ended(), isUrgent: logLevel > LogLevel.Information);
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => " trace ",
        LogLevel.Debug => " debug ",
        LogLevel.Information => " info ",
        LogLevel.Warning => " warning ",
        LogLevel.Error => " error ",
        _ => " critical ",
    };
}
