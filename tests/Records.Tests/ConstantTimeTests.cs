namespace Records.Tests;

/// <summary>How long a comparison with a secret takes must say nothing of the secret: held by reading the sources.</summary>
public sealed class ConstantTimeTests
{
    private static readonly string _functions = Path.Combine(FindRoot(), "functions");

    [Fact]
    public void SecretHash_IsComparedInConstantTimeOnly()
    {
        var lines = Directory.EnumerateFiles(_functions, "*.cs", SearchOption.AllDirectories).SelectMany(File.ReadLines).Where(line => line.Contains("SecretHash", StringComparison.Ordinal)).ToList();

        Assert.Contains(lines, line => line.Contains("CryptographicOperations.FixedTimeEquals(HashSecret(", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("SequenceEqual", StringComparison.Ordinal) || line.Contains("==", StringComparison.Ordinal) || line.Contains(".Equals(", StringComparison.Ordinal));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ServerlessGateway.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("ServerlessGateway.sln was not found above the tests.");
        }

        return folder.FullName;
    }
}
