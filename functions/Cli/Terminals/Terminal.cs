using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Cli.Terminals;

/// <summary>Writes what a command has to say: tables and sentences for people, one JSON document for programs.</summary>
internal sealed class Terminal(Shell shell)
{
    // the terminal wraps sentences by itself, and does so without tearing the words that a reader copies
    private const int Unwrapped = 100_000;

    // what may be long and is read, not copied; everything else stays whole while there is room
    private static readonly string[] Wraps = ["Label", "Scopes", "Groups", "Match", "Path", "Limits", "Rotation", "Why", "Note"];

    private readonly Lazy<IAnsiConsole> _out = new(() => Open(shell));

    public void Json<T>(T value, JsonTypeInfo<T> type) => Json(value, type, indented: true);

    /// <summary>One of several documents: a line each.</summary>
    public void JsonLine<T>(T value, JsonTypeInfo<T> type) => Json(value, type, indented: false);

    /// <summary>One line as it is, for what others read: a token, a key.</summary>
    public void Plain(string text) => shell.Out.WriteLine(Clean(text));

    /// <summary>A whole text: in a pipe byte for byte, so that it can be written to a file.</summary>
    public void Text(string text) =>
        shell.Out.Write(shell.OutputIsTerminal ? string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => Clean(line.Replace('\t', ' ')))) : text);

    /// <summary>One line of Spectre markup.</summary>
    public void Line(string markup)
    {
        if (shell.Colors)
        {
            _out.Value.Profile.Width = Unwrapped;
            _out.Value.MarkupLine(markup);
        }
        else
        {
            shell.Out.WriteLine(Markup.Remove(markup));
        }
    }

    /// <summary>A table with its headings; cells are Spectre markup.</summary>
    public void Rows(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (shell.OutputIsTerminal)
        {
            var table = new Table { Border = TableBorder.Rounded, UseSafeBorder = false };
            table.BorderStyle(new Style(Color.Grey));
            table.AddColumns([.. headings.Select(heading => new TableColumn($"[bold]{heading}[/]") { NoWrap = !Wraps.Contains(heading) })]);
            foreach (var row in rows)
            {
                table.AddRow([.. row]);
            }

            _out.Value.Profile.Width = shell.Width;
            _out.Value.Write(table);
            return;
        }

        PlainRows([[.. headings.Select(heading => heading.ToUpperInvariant())], .. rows.Select(row => row.Select(Markup.Remove).ToArray())]);
    }

    /// <summary>A sentence beside the result, on standard error, so that the result can be piped.</summary>
    public void Note(string text) => shell.Error.WriteLine(shell.ErrorColors ? $"\e[2m{Clean(text)}\e[0m" : Clean(text));

    /// <summary>What went wrong and what to do, on standard error.</summary>
    public void Fail(string problem, string mend)
    {
        var (red, end) = shell.ErrorColors ? ("\e[1;31m", "\e[0m") : ("", "");
        shell.Error.WriteLine($"{red}gw:{end} {Clean(problem)}");
        if (mend.Length > 0)
        {
            shell.Error.WriteLine($"    {Clean(mend)}");
        }
    }

    /// <summary>Asks before something is lost. Where nobody can be asked, --yes must have been given.</summary>
    public void Confirm(string question, bool yes)
    {
        if (yes)
        {
            return;
        }

        if (!shell.CanAsk)
        {
            throw CommandException.Usage($"{question} Nobody can be asked here.", "Give --yes when you mean it.");
        }

        shell.Error.Write($"{Clean(question)} [y/N] ");
        if (shell.In.ReadLine()?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
        {
            throw new CommandException("Nothing was changed.", "");
        }
    }

    /// <summary>Text from elsewhere as markup: it can neither colour nor move the cursor.</summary>
    public static string Escape(string? text) => Markup.Escape(Clean(text ?? ""));

    /// <summary>Text without the characters that a terminal would obey.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(Acts))
        {
            return text;
        }

        var cleaned = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            cleaned.Append(Acts(character) ? '\uFFFD' : character);
        }

        return cleaned.ToString();

        // Format characters can turn the direction of what follows.
        static bool Acts(char character) => char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format;
    }

    private void Json<T>(T value, JsonTypeInfo<T> type, bool indented)
    {
        // nobody embeds this in HTML: quotes and accents stay readable
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new() { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        shell.Out.WriteLine(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }

    // A row stays one line however long it is, so that grep and awk see it whole.
    private void PlainRows(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            shell.Out.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static IAnsiConsole Open(Shell shell) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = shell.Colors ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = shell.Colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(shell.Out),
    });
}
