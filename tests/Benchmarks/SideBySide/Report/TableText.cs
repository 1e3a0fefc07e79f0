namespace Benchmarks.SideBySide.Report;

/// <summary>A Markdown table whose columns line up, so that it can be read on a terminal too.</summary>
internal static class TableText
{
    /// <param name="rows">The first one is the heading.</param>
    public static string Of(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Count).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var lines = rows.Select(row => $"| {string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column])))} |").ToList();
        lines.Insert(1, $"|{string.Join('|', widths.Select(static width => new string('-', width + 2)))}|");
        return string.Join('\n', lines) + "\n";
    }
}
