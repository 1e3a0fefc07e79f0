using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace LocalHost.Terminal;

/// <summary>One line for each log entry: the time, what kind it is where that is not plain information, and the message.</summary>
internal sealed partial class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
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
        textWriter.Write(WithoutEmptyFields(entry.Formatter(entry.State, entry.Exception)).ReplaceLineEndings(" "));
        for (var exception = entry.Exception; exception is not null; exception = exception.InnerException)
        {
            textWriter.Write($" [{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}]");
        }

        textWriter.WriteLine();
    }

    // An access-log line names all its fields for machines; a person reads those that say something.
    private static string WithoutEmptyFields(string message) => EmptyField().Replace(message, "");

    [GeneratedRegex(@" [a-z_]+=(?= |$)")]
    private static partial Regex EmptyField();
}
