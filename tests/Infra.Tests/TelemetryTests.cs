using System.Text.RegularExpressions;

namespace Infra.Tests;

public partial class TelemetryTests
{
    private static readonly string _queries = Path.Combine(Repository.Root, "infra", "queries");

    [Fact]
    public async Task Telemetry_Workspace_TakesNoKey()
    {
        var deployment = await Deployment.Plain;

        Assert.Equal("true", deployment.All("Microsoft.OperationalInsights/workspaces").Single().Text("features.disableLocalAuth"));
        Assert.Equal("true", deployment.All("Microsoft.Insights/components").Single().Text("DisableLocalAuth"));
    }

    [Theory]
    [InlineData("certificate-near-expiry", "alert-certificate-near-expiry.kql", "HoursLeft LessThan 6")]
    [InlineData("rotation-rolled-back", "alert-rotation-rolled-back.kql", "Rotations GreaterThan 0")]
    [InlineData("limiter-unavailable", "alert-limiter-unavailable.kql", "Refused GreaterThan 0")]
    [InlineData("server-errors", "alert-server-errors.kql", "Percent GreaterThan 5")]
    public async Task Alert_Plain_AsksItsQuery(string name, string query, string condition)
    {
        var alert = (await Deployment.Plain).One("Microsoft.Insights/scheduledQueryRules", name);

        var criterion = alert["criteria.allOf"]![0]!;
        Assert.Equal("true", alert.Text("enabled"));
        Assert.Equal(Text(query), criterion["query"]!.ToString());
        Assert.Equal(condition, $"{criterion["metricMeasureColumn"]} {criterion["operator"]} {criterion["threshold"]}");
        // A column that the query does not have would never be above anything.
        Assert.Contains(criterion["metricMeasureColumn"]!.ToString(), Text(query), StringComparison.Ordinal);
        Assert.All(criterion["dimensions"]!.AsArray(), dimension => Assert.Contains($"{dimension!["name"]} = ", Text(query), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alerts_All_AreFour() => Assert.Equal(4, (await Deployment.Plain).All("Microsoft.Insights/scheduledQueryRules").Count);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Alerts_Mail_GoesWhereTheParameterSays(bool isNamed, int groups)
    {
        var deployment = isNamed ? await Deployment.Full : await Deployment.Plain;

        Assert.Equal(groups, deployment.All("Microsoft.Insights/actionGroups").Count);
        Assert.All(deployment.All("Microsoft.Insights/scheduledQueryRules"), alert => Assert.Equal(groups, alert["actions.actionGroups"]!.AsArray().Count));
    }

    [Fact]
    public async Task Queries_All_AreUsedByTheWorkbookOrAnAlert()
    {
        var texts = (await Template.Main).Texts().ToHashSet();

        Assert.NotEmpty(Files());
        Assert.All(Files(), file => Assert.Contains(Text(file), texts));
    }

    // A metric that is renamed would leave a query that silently finds nothing.
    [Fact]
    public void Queries_MetricsAndTags_AreThoseOfTheCode()
    {
        var code = Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .SelectMany(file => Quoted().Matches(File.ReadAllText(file))).Select(match => match.Groups["text"].Value).ToHashSet();

        var names = Files().SelectMany(file => Names().Matches(Text(file)).SelectMany(match => Quoted().Matches(match.Value))).Select(match => match.Groups["text"].Value).ToHashSet();

        Assert.Contains("cert_expiry_seconds", names);
        Assert.Contains("http.response.status_code", names);
        Assert.All(names, name => Assert.Contains(name, code));
    }

    [Fact]
    public async Task Workbook_Plain_ShowsTrafficErrorsLimitsAndCertificates()
    {
        var text = (await Deployment.Plain).All("Microsoft.Insights/workbooks").Single().Text("serializedData");

        Assert.All(new[] { "Traffic: ", "Errors: ", "Limits: ", "Certificates: " }, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(_queries).Select(file => Path.GetFileName(file));

    private static string Text(string file) => File.ReadAllText(Path.Combine(_queries, file));

    [GeneratedRegex("Properties\\[\"[^\"]+\"\\]|Name (in \\([^)]*\\)|== \"[^\"]+\")|== \"[a-z-]+\"")]
    private static partial Regex Names();

    [GeneratedRegex("\"(?<text>[^\"]+)\"")]
    private static partial Regex Quoted();
}
