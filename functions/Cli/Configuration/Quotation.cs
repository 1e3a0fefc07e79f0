using Cli.Terminals;

namespace Cli.Configuration;

/// <summary>Lines of a file as they are shown under an error, with a caret.</summary>
internal sealed class Quotation(string path)
{
    private const int Window = 96;

    private readonly Lazy<string[]> _lines = new(() => Read(path));

    /// <summary>Spectre markup: the line, and a caret under its column. Nothing where there is no such line.</summary>
    public IEnumerable<string> Of(int line, int column)
    {
        if (line < 1 || line > _lines.Value.Length)
        {
            yield break;
        }

        var text = _lines.Value[line - 1].Replace('\t', ' ');
        var at = Math.Clamp(column - 1, 0, text.Length);
        var begin = at < Window ? 0 : at - (Window / 2);
        var shown = text[begin..Math.Min(text.Length, begin + Window)];
        var (before, after) = (begin > 0 ? "…" : "", begin + Window < text.Length ? "…" : "");
        yield return $"[grey]{line,5} |[/] {before}{Terminal.Escape(shown)}{after}";
        yield return $"[grey]      |[/] {new string(' ', before.Length + at - begin)}[red]^[/]";
    }

    private static string[] Read(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return []; // the error says so already
        }
    }
}
