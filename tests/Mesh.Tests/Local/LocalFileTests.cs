using Mesh.Local;

namespace Mesh.Tests.Local;

public sealed class LocalFileTests : IDisposable
{
    private const string Secret = "billing.0123456789abcdef";

    private static readonly LocalMembership _good = new()
    {
        Service = "billing",
        TrustDomain = "local.internal",
        Vault = new("https://localhost:7097"),
        VaultCertificate = TestVault.AnotherCertificate(),
        Token = Secret,
        Tables = TablesAt("http://127.0.0.1:10002"),
        ConnectionAge = TimeSpan.FromMinutes(1),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("local-file-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "billing.json");

    [Theory]
    [InlineData("https://localhost:7097", "http://127.0.0.1:10002")]
    [InlineData("https://127.0.0.1:7097", "http://localhost:10002")]
    [InlineData("https://[::1]:7097", "http://[::1]:10002")]
    public void Read_WhatWasWritten_GivesItBack(string vault, string tables)
    {
        var written = _good with { Vault = new(vault), Tables = TablesAt(tables) };

        var file = Read(written.ToText());

        Assert.Empty(file.Errors);
        Assert.Equal(written, file.Membership);
        Assert.DoesNotContain(Secret, $"{file}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://vault.example")]
    [InlineData("https://localhost.vault.example:7097")]
    [InlineData("https://10.0.0.1:7097")]
    [InlineData("https://0.0.0.0:7097")]
    [InlineData("http://localhost:7097")]
    [InlineData("file:///vault")]
    [InlineData("vault")]
    public void Read_OfAVaultElsewhere_RefusesIt(string vault) =>
        AssertWrong(_good with { Vault = new(vault, UriKind.RelativeOrAbsolute) }, "is no https address of this machine. A local mesh is on this machine only: take ");

    [Theory]
    [InlineData("http://contoso.table.core.windows.net")]
    [InlineData("https://10.0.0.1:10002")]
    public void Read_OfTablesElsewhere_RefusesThem(string tables) => AssertWrong(_good with { Tables = TablesAt(tables) }, "has tables that are not on this machine. ");

    [Fact]
    public void Read_OfNoConnectionString_RefusesIt() => AssertWrong(_good with { Tables = Secret }, "has tables that are not on this machine. ");

    [Fact]
    public void Read_OfNoCertificate_RefusesIt() => AssertWrong(_good with { VaultCertificate = "none" }, "has a vaultCertificate that cannot be read. Start ");

    [Fact]
    public void Read_OfAnotherFormat_SaysWhich() => AssertWrong(_good with { Format = 2 }, "has format 2, and this release of the mesh reads 1. Build ");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{ "service": "billing" }""")]
    [InlineData("""{ "format": 1, "token": billing.0123456789abcdef }""")]
    [InlineData("""{ "vault": "http://[" }""")]
    public void Read_OfADamagedFile_SaysSoAndQuotesNothing(string text) => AssertWrong(text, "is damaged (");

    [Fact]
    public void Read_OfAMemberThatIsNull_FindsItDamaged() =>
        AssertWrong(_good.ToText().Replace($"\"{Secret}\"", "null", StringComparison.Ordinal), "is damaged (");

    [Fact]
    public void Read_WhereThereIsNone_SaysWhoWritesIt()
    {
        var error = Assert.Single(LocalFile.Read(Path).Errors);

        Assert.Equal($"Mesh:Local: {Path} is not there. Start the local host with a configuration that calls this service with tls: mesh; it writes the file and says where.", error);
    }

    [Fact]
    public void Read_WhatMayNotBeRead_SaysWhoMay()
    {
        var error = Assert.Single(LocalFile.Read(_folder).Errors);

        Assert.Contains("cannot be read (UnauthorizedAccessException). Run the backend as the user who runs the local host.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithSeveralMistakes_NamesThemAll() =>
        Assert.Equal(2, Read((_good with { Vault = new("https://vault.example"), Tables = TablesAt("https://tables.example") }).ToText()).Errors.Count);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string TablesAt(string address) => $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;TableEndpoint={address}/devstoreaccount1;";

    private LocalFile Read(string text)
    {
        File.WriteAllText(Path, text);
        return LocalFile.Read(Path);
    }

    private void AssertWrong(LocalMembership membership, string message) => AssertWrong(membership.ToText(), message);

    private void AssertWrong(string text, string message)
    {
        var file = Read(text);

        var error = Assert.Single(file.Errors);
        Assert.Null(file.Membership);
        Assert.StartsWith($"Mesh:Local: {Path} ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
    }
}
