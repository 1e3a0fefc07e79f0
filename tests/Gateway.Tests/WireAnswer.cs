namespace Gateway.Tests;

/// <summary>An answer as it came over the wire, to a request that ended its connection.</summary>
internal sealed record WireAnswer(int Status, IReadOnlyDictionary<string, string> Fields, string Body)
{
    public static WireAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No answer: {text}");
        var lines = text[..end].Split("\r\n");
        var fields = lines.Skip(1)
            .Select(line => line.Split(": ", 2))
            .GroupBy(field => field[0], field => field[1], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(values => values.Key, values => string.Join(", ", values), StringComparer.OrdinalIgnoreCase);
        return new(int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), fields, text[(end + 4)..]);
    }
}
