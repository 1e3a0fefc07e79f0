using System.Text.RegularExpressions;

namespace Gateway.Tests;

/// <summary>docs/features.md claims nothing that no test shows.</summary>
public sealed partial class FeaturesPageTests
{
    // How many rows each letter of the list has.
    private static readonly Dictionary<char, int> _rows = new()
    {
        ['A'] = 10, ['B'] = 8, ['C'] = 7, ['D'] = 13, ['E'] = 10, ['F'] = 3, ['G'] = 4, ['H'] = 4, ['I'] = 5, ['J'] = 9, ['K'] = 7, ['L'] = 6, ['M'] = 6, ['N'] = 2, ['O'] = 6,
    };

    private static readonly string[] _lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "features.md"));

    public static TheoryData<string, string> Claims => [.. Rows("# ").SelectMany(row => TestName().Matches(row[3]).Select(name => (row[1], name.Groups[1].Value)))];

    [Theory]
    [MemberData(nameof(Claims))]
    public void Claim_IsShownByATestThatExists(string row, string test) => Assert.True(Exists(test), $"{row}: there is no test {test}.");

    [Fact]
    public void Rows_AreOfTheList_InItsOrder_AndClaimedOnce()
    {
        var (shown, partly) = (Ids("# "), Ids("## Partly"));

        Assert.All([.. shown, .. partly], id => Assert.True(IsKnown(id), $"{id} is no row."));
        Assert.Equal(shown.OrderBy(Rank), shown);
        Assert.Equal(partly.OrderBy(Rank), partly);
        Assert.Equal(shown.Count + partly.Count, shown.Union(partly).Count());
        Assert.True(shown.Count > 10 && partly.Count > 10);
    }

    [Fact]
    public void Rows_AllNameATest() => Assert.All(Rows("# "), row => Assert.Matches(TestName(), row[3]));

    [Theory]
    [InlineData("Gateway.Tests.FeaturesPageTests.Exists_OfWhatIsThere_IsTrue", true)]
    [InlineData("Gateway.Tests.FeaturesPageTests.IsKnown", false)]
    [InlineData("Gateway.Tests.FeaturesPageTests.Nothing", false)]
    [InlineData("Gateway.Tests.Nothing.Nothing", false)]
    [InlineData("EndToEnd.MemoryTests.Bodies_OfAHundredMegabytesUpAndDown_TakeLessThanSixteenMegabytes", true)]
    [InlineData("EndToEnd.MemoryTests.Bodies", false)]
    [InlineData("EndToEnd.Nothing.Bodies", false)]
    public void Exists_OfWhatIsThere_IsTrue(string test, bool exists) => Assert.Equal(exists, Exists(test));

    [Theory]
    [InlineData("A1", true)]
    [InlineData("A10", true)]
    [InlineData("A11", false)]
    [InlineData("A01", false)]
    [InlineData("P1", false)]
    [InlineData("A", false)]
    [InlineData("a1", false)]
    public void IsKnown_RowOfTheList_IsTrue(string id, bool known) => Assert.Equal(known, IsKnown(id));

    private static bool IsKnown(string id) =>
        RowId().IsMatch(id) && _rows.TryGetValue(id[0], out var count) && int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) <= count;

    private static int Rank(string id) => (id[0] * 100) + int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Ids(string section) => [.. Rows(section).Select(row => row[1])];

    // The rows of the table below this heading, as their cells; the first and the last are what stands outside.
    private static List<string[]> Rows(string section) =>
    [
        .. _lines.SkipWhile(line => !line.StartsWith(section, StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)),
    ];

    private static bool Exists(string test)
    {
        var type = test[..test.LastIndexOf('.')];
        var method = test[(type.Length + 1)..];
        return test.StartsWith("Gateway.Tests.", StringComparison.Ordinal)
            ? typeof(FeaturesPageTests).Assembly.GetType(type)?.GetMethod(method)?.GetCustomAttributes(inherit: false).Any(attribute => attribute is FactAttribute) ?? false
            : IsInSources(type, method);
    }

    // Of another project: its assembly is not at hand, but its sources are.
    private static bool IsInSources(string type, string method) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), $"{type[(type.LastIndexOf('.') + 1)..]}.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Any(text => text.Contains($"namespace {type[..type.LastIndexOf('.')]};", StringComparison.Ordinal)
                && Regex.IsMatch(text, $@"\[(Fact|Theory)[^;{{}}]*public (async )?(Task|void) {Regex.Escape(method)}\("));

    [GeneratedRegex(@"`((?:\w+\.)+\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex("^[A-O][1-9][0-9]?$")]
    private static partial Regex RowId();
}
