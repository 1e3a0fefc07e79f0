using System.Text.RegularExpressions;

namespace Gateway.Tests;

/// <summary>The architecture's boundaries, held by reading the sources.</summary>
public sealed partial class BoundaryTests
{
    private static readonly string _functions = Path.Combine(Repository.Root, "functions");

    // What every capability may use; the reasons stand in docs/decisions/0002-shared-folders.md and 0013-secrets-of-the-vault.md.
    private static readonly string[] _shared = ["Configuration", "Errors", "Telemetry", "Storage", "Requests", "Templates", "Upstreams", "Secrets"];

    [Fact]
    public void Capabilities_UseOnlySharedFoldersAndThemselves() => Assert.Empty(
        Uses(Path.Combine(_functions, "Gateway")).Where(use => !_shared.Contains(use.Used)).Select(use => use.Sentence));

    [Fact]
    public void SharedFolders_UseNoCapability() => Assert.Empty(
        Uses(Path.Combine(_functions, "Gateway")).Where(use => _shared.Contains(use.Home) && !_shared.Contains(use.Used)).Select(use => use.Sentence));

    [Theory]
    [InlineData("Gateway")]
    [InlineData("Mesh")]
    [InlineData("ControlPlane")]
    [InlineData("Records")]
    [InlineData("Exporters")]
    public void Libraries_ReferenceNoFunctionsOrDurablePackage(string project) => Assert.DoesNotContain(
        Project(project), line => line.Contains("Microsoft.Azure.Functions", StringComparison.Ordinal) || line.Contains("Microsoft.DurableTask", StringComparison.Ordinal));

    [Theory]
    [InlineData("Gateway", "Records", "Mesh")]
    [InlineData("ControlPlane", "Records", "Mesh")]
    [InlineData("Records")]
    [InlineData("Exporters")]
    [InlineData("Samples", "Mesh")]
    [InlineData("Cli", "Gateway")]
    [InlineData("FrontDoor", "Gateway", "Exporters")]
    [InlineData("ControlPlaneApp", "ControlPlane", "Exporters")]
    [InlineData("SamplesApp", "Samples", "Exporters")]
    [InlineData("Container", "Gateway", "Exporters")]
    public void Projects_ReferenceOnlyWhatTheArchitectureAllows(string project, params string[] allowed) => Assert.Empty(
        from line in Project(project)
        let reference = ProjectReference().Match(line)
        where reference.Success && !allowed.Contains(reference.Groups[1].Value)
        select $"{project} references {reference.Groups[1].Value}");

    [Fact]
    public void OperatorsCommand_NeverTouchesStorage() => Assert.Empty(
        from file in Directory.EnumerateFiles(Path.Combine(_functions, "Cli"), "*.cs", SearchOption.AllDirectories)
        where File.ReadLines(file).Any(line => line.Contains("using Azure", StringComparison.Ordinal) || line.Contains("Azure.Data", StringComparison.Ordinal))
        select file);

    [Fact]
    public void Records_ReferenceNoPackage() => Assert.DoesNotContain(Project("Records"), line => line.Contains("<PackageReference", StringComparison.Ordinal));

    // A use is a using directive or a name written out in full.
    private static IEnumerable<(string Home, string Used, string Sentence)> Uses(string root) =>
        from file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)
        where path.Length > 1 // the files at the root compose the capabilities, so they may see all of them
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("namespace ", StringComparison.Ordinal)
        from Match name in GatewayName().Matches(line)
        let used = name.Groups[1].Value
        where used != path[0] && Directory.Exists(Path.Combine(root, used))
        select (path[0], used, $"{string.Join('/', path)} uses {used}");

    // A library that is not there yet breaks no boundary.
    private static string[] Project(string name) =>
        Path.Combine(_functions, name, $"{name}.csproj") is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    [GeneratedRegex(@"\bGateway\.([A-Z]\w+)")]
    private static partial Regex GatewayName();

    [GeneratedRegex(@"<ProjectReference Include="".*/(\w+)\.csproj""")]
    private static partial Regex ProjectReference();
}
