namespace Mesh.Tests;

public sealed class MeshOptionsRulesTests
{
    private static readonly MeshOptions _good = new()
    {
        Service = "orders",
        TrustDomain = "contoso.internal",
        Vault = new("https://orders.vault.example"),
        Tables = new("https://contoso.tables.example"),
        Services = new Dictionary<string, Uri> { ["billing"] = new("https://billing.internal:8443") },
    };

    [Fact]
    public void Check_GoodSettings_FindsNothing() => Assert.Empty(MeshOptionsRules.Check(_good, local: null, hasVault: false, hasTables: false));

    [Fact]
    public void Check_ClientsOfTheHost_NeedNoAddresses() =>
        Assert.Empty(MeshOptionsRules.Check(_good with { Vault = null, Tables = null }, local: null, hasVault: true, hasTables: true));

    [Fact]
    public void Check_NothingSet_NamesEverySettingAtOnce() => Assert.Equal(
        ["Mesh:Service", "Mesh:TrustDomain", "Mesh:Vault", "Mesh:Tables"],
        MeshOptionsRules.Check(new(), local: null, hasVault: false, hasTables: false).Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)]));

    [Theory]
    [MemberData(nameof(Mistakes))]
    internal void Check_AMistake_NamesTheSettingAndTheMend(string setting, MeshOptions options)
    {
        var error = Assert.Single(MeshOptionsRules.Check(options, local: null, hasVault: false, hasTables: false));

        Assert.StartsWith(setting + ": ", error, StringComparison.Ordinal);
        Assert.Contains(" Use ", error, StringComparison.Ordinal);
    }

    public static TheoryData<string, MeshOptions> Mistakes => new()
    {
        { "Mesh:Service", _good with { Service = "Orders" } },
        { "Mesh:TrustDomain", _good with { TrustDomain = "spiffe://contoso" } },
        { "Mesh:Vault", _good with { Vault = new("http://vault.example") } },
        { "Mesh:Vault", _good with { Vault = new("vault", UriKind.Relative) } },
        { "Mesh:Tables", _good with { Tables = new("http://tables.example") } },
        { "Mesh:ConnectionAge", _good with { ConnectionAge = TimeSpan.Zero } },
        { "Mesh:ConnectionAge", _good with { ConnectionAge = TimeSpan.FromHours(2) } },
        { "Mesh:Drain", _good with { Drain = TimeSpan.FromSeconds(-1) } },
        { "Mesh:Services:billing", _good with { Services = new Dictionary<string, Uri> { ["billing"] = new("http://billing") } } },
        { "Mesh:Services:Billing", _good with { Services = new Dictionary<string, Uri> { ["Billing"] = new("https://billing") } } },
    };
}
