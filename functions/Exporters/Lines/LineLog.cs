using Microsoft.Extensions.Logging;

namespace Exporters.Lines;

/// <summary>Writes each entry as one line of UTF-8. What is more than information is written at once, the rest within <see cref="Gathering"/>.</summary>
internal sealed class LineLog(Stream output, TimeProvider time) : ILoggerProvider
{
    /// <summary>How long lines gather: one write for many is what makes them cheap.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private readonly LineOutput _output = new(output, Gathering);

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, _output, time);

    public void Dispose() => _output.Dispose();
}
