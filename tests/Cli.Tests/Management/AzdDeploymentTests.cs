namespace Cli.Tests.Management;

/// <summary>gw against a deployment that azd made, with an azd and a vault in its place.</summary>
public sealed class AzdDeploymentTests : IAsyncLifetime
{
    private const string GetToken = "azd auth token --scope https://vault.azure.net/.default --output json";

    private readonly Operator _operator = new();
    private FakeManagementApi _api = null!;
    private FakeManagementApi _vault = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeManagementApi.StartAsync();
        _vault = await FakeManagementApi.StartAsync();
        _operator.Programs["azd env get-values"] = (0, $"AZURE_LOCATION=\"westeurope\"\nCONTROL_PLANE_URL=\"{_api.Url}\"\nCONTROL_PLANE_VAULT_URL=\"{_vault.Url}\"\n", "");
        _operator.Programs[GetToken] = (0, """{"token":"of-azd","expiresOn":"2026-11-01T08:00:00Z"}""", "");
        _vault.Says(200, """{"value":"key-of-the-vault"}""");
        _api.Says(200, """{"consumers":[]}""");
    }

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        await _api.DisposeAsync();
        await _vault.DisposeAsync();
    }

    [Fact]
    public async Task Azd_GivesAddressAndKey()
    {
        var outcome = await _operator.RunAsync("consumers", "list", "--azd");

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Equal(("GET /secrets/manage-key?api-version=7.4", "Bearer of-azd"), (_vault.Calls.Single(), _vault.Authorizations.Single()));
        Assert.Equal("Bearer key-of-the-vault", _api.Authorizations.Single());
        Assert.DoesNotContain("key-of-the-vault", outcome.Out + outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "does not let you read the manage key")]
    [InlineData(404, "has no manage key yet")]
    public async Task Vault_ThatGivesNoKey_IsSaidWithItsMend(int status, string problem)
    {
        _vault.Says(status, "{}");

        var outcome = await _operator.RunAsync("consumers", "list", "--azd");

        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.Contains(problem, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_api.Calls);
    }

    [Fact]
    public async Task Azd_NotSignedIn_SaysHow()
    {
        _operator.Programs[GetToken] = (1, "", "\nERROR: not logged in, run `azd auth login` to login\n");

        var outcome = await _operator.RunAsync("consumers", "list", "--azd");

        Assert.Contains("azd auth token failed: ERROR: not logged in", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_vault.Calls);
    }

    [Fact]
    public async Task Environment_WithoutADeployment_SaysHow()
    {
        _operator.Programs["azd env get-values"] = (0, "AZURE_LOCATION=\"westeurope\"\n", "");

        var outcome = await _operator.RunAsync("consumers", "list", "--azd");

        Assert.Contains("azd's environment has no CONTROL_PLANE_URL.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("azd up", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vault_ThatIsNotEncrypted_GetsNoToken()
    {
        _operator.Programs["azd env get-values"] = (0, "CONTROL_PLANE_URL=\"https://c.example\"\nCONTROL_PLANE_VAULT_URL=\"http://v.example\"\n", "");

        var outcome = await _operator.RunAsync("consumers", "list", "--azd");

        Assert.Contains("is not encrypted", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azd_BesideAnAddress_IsAContradiction()
    {
        var outcome = await _operator.RunAsync("consumers", "list", "--azd", "--url", "http://localhost:1");

        Assert.Equal(ExitCodes.Usage, outcome.Code);
    }
}
