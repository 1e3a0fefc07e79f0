using System.Globalization;

namespace Records;

/// <summary>
/// Text that may be longer than a column of a table can hold, which is 64 KiB of UTF-16: it goes on in columns of the same name with 1, 2, … behind it,
/// as far as a row reaches, which is 1 MiB.
/// </summary>
internal static class LongText
{
    /// <summary>Characters of one column; a little less than it can hold.</summary>
    public const int ColumnLength = 32_000;

    /// <summary>Columns of one text: what is left of a row is for the others.</summary>
    public const int MostColumns = 15;

    /// <exception cref="InvalidOperationException">It does not fit into a row.</exception>
    public static void Write(Dictionary<string, object> row, string column, string text)
    {
        if (text.Length > ColumnLength * MostColumns)
        {
            throw new InvalidOperationException($"{column} has {text.Length} characters; a row of a table holds {ColumnLength * MostColumns}.");
        }

        row[column] = Part(text, 0);
        for (var part = 1; part * ColumnLength < text.Length; part++)
        {
            row[Name(column, part)] = Part(text, part);
        }
    }

    public static string Read(RowReader reader, string column)
    {
        var text = reader.Text(column);
        for (var part = 1; reader.OptionalText(Name(column, part)) is { } more; part++)
        {
            text += more;
        }

        return text;
    }

    private static string Part(string text, int part) => text.Substring(part * ColumnLength, Math.Min(ColumnLength, text.Length - (part * ColumnLength)));

    private static string Name(string column, int part) => column + part.ToString(CultureInfo.InvariantCulture);
}
