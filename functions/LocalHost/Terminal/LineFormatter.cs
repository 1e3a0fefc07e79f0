using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace LocalHost.Terminal;

/// <summary>One line for each log entry: the time, what kind it is where that is not plain information, and the message.</summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetLocalNow().ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture));
        textWriter.Write(entry.LogLevel switch
        {
            LogLevel.Warning => "warning: ",
            LogLevel.Error => "error: ",
            LogLevel.Critical => "critical: ",
            _ => "",
        });

        // A message never begins a line of its own making: line ends inside it would let a client write log lines.
        textWriter.Write(entry.Formatter(entry.State, entry.Exception).ReplaceLineEndings(" "));
        for (var exception = entry.Exception; exception is not null; exception = exception.InnerException)
        {
            textWriter.Write($" [{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}]");
        }

        textWriter.WriteLine();
    }
}
