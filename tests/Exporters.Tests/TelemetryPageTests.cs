using System.Text.RegularExpressions;

namespace Exporters.Tests;

/// <summary>docs/telemetry.md names what the code measures and the spans say, and nothing else.</summary>
public sealed partial class TelemetryPageTests
{
    private static readonly string _root = FindRoot();

    private static readonly string[] _page = File.ReadAllLines(Path.Combine(_root, "docs", "telemetry.md"));

    [Fact]
    public void Metrics_AreThoseOfTheCode() => Assert.Equal(InSources(Instrument()), FirstCells("| metric |").Order(StringComparer.Ordinal));

    [Fact]
    public void Attributes_AreThoseOfTheSpans()
    {
        // Only where a method that no standard names was sent.
        string[] named = [.. Rows("| span |").SelectMany(row => Quoted().Matches(row[2])).Select(name => name.Groups[1].Value).Where(name => name.Contains('.', StringComparison.Ordinal))];

        Assert.Equal(InSources(Attribute()), named.Append("http.request.method_original").Distinct().Order(StringComparer.Ordinal));
    }

    private static List<string> InSources(Regex pattern) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(_root, "functions"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => pattern.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> FirstCells(string heading) => Rows(heading).Select(row => row[1].Trim('`'));

    private static IEnumerable<string[]> Rows(string heading) => _page
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServerlessGateway.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("ServerlessGateway.sln was not found above the tests.");
    }

    [GeneratedRegex("""\.Create(?:Observable)?(?:Counter|UpDownCounter|Histogram|Gauge)(?:<\w+>)?\(\s*"([a-z_.]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Instrument();

    [GeneratedRegex("""\.SetTag\("([a-z_.]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Attribute();

    [GeneratedRegex("`([a-z_.]+)`")]
    private static partial Regex Quoted();
}
