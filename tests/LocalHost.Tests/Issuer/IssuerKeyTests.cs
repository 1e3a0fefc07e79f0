using LocalHost.Issuer;

namespace LocalHost.Tests.Issuer;

public sealed class IssuerKeyTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("issuer-key-").FullName;

    [Fact]
    public void Load_AgainAndAgain_IsTheSameKey()
    {
        using var folder = LocalFolder.Open(Path.Combine(_root, "local"), fresh: false);

        var first = IssuerKey.Load(folder);
        var second = IssuerKey.Load(folder);

        Assert.Equal(first.KeyId, second.KeyId);
        Assert.Equal(first.Rsa.ExportRSAPublicKey(), second.Rsa.ExportRSAPublicKey());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"Kid":"a","Pem":"no key"}""")]
    public void Load_Damaged_SaysWhatToDo(string text)
    {
        using var folder = LocalFolder.Open(Path.Combine(_root, "local"), fresh: false);
        folder.WritePrivate("issuer.json", text);

        var failure = Assert.Throws<StartFailure>(() => IssuerKey.Load(folder));

        Assert.Contains("--fresh", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
