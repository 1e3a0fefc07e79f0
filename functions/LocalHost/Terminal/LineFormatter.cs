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

        textWriter.Write(Tame(WithoutEmptyFields(entry.Formatter(entry.State, entry.Exception))));
        textWriter.Write(Tame(Causes(entry.Exception)));

        textWriter.WriteLine();
    }

    // Each attempt of a client that repeats fails in the same words, and each layer below says them again: once is enough.
    private static string Causes(Exception? failure)
    {
        var said = "";
        foreach (var cause in AndThoseBelow(failure))
        {
            var message = OwnMessage(cause);
            if (!said.Contains(message, StringComparison.Ordinal))
            {
                said += $" [{cause.GetType().Name}: {message}]";
            }
        }

        return said;
    }

    private static IEnumerable<Exception> AndThoseBelow(Exception? failure) => failure switch
    {
        null => [],
        AggregateException several => several.InnerExceptions.SelectMany(AndThoseBelow).Prepend(several),
        _ => AndThoseBelow(failure.InnerException).Prepend(failure),
    };

    // .NET appends the messages of all that failed, in parentheses.
    private static string OwnMessage(Exception failure) => failure is AggregateException several
        ? several.InnerExceptions.Aggregate(several.Message, (text, one) => text.Replace($" ({one.Message})", "", StringComparison.Ordinal))
        : failure.Message;

    // Texts of clients and services stand in messages: line ends would let them write log lines, escape sequences command the terminal.
    private static string Tame(string text) => Control().Replace(text.ReplaceLineEndings(" "), "\uFFFD");

    // An access-log line names all its fields for machines; a person reads those that say something.
    private static string WithoutEmptyFields(string message) => EmptyField().Replace(message, "");

    // Cf: what turns the direction of writing, among others.
    [GeneratedRegex(@"[\p{Cc}\p{Cf}-[\t]]")]
    private static partial Regex Control();

    [GeneratedRegex(@" [a-z_]+=(?= |$)")]
    private static partial Regex EmptyField();
}
