namespace Cli.Terminals;

/// <summary>Values as cells of a table: Spectre markup, and never empty, so that columns can be counted in a pipe.</summary>
internal static class Cells
{
    public static string Cell(string? text) => string.IsNullOrEmpty(text) ? "[grey]-[/]" : Terminal.Escape(text);

    public static string Cell(IReadOnlyList<string> texts) => Cell(string.Join(',', texts));

    public static string Cell(DateTimeOffset? moment) => Cell(moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'"));
}
