using Azure.Core;
using Azure.Data.Tables;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Gateway.Hosting;
using Gateway.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Hosting;

public sealed class FrontDoorRegistrationTests
{
    private static readonly Dictionary<string, string?> _good = new()
    {
        ["Gateway:Tables"] = "https://contoso.table.core.windows.net",
        ["Gateway:Blobs"] = "https://contoso.blob.core.windows.net",
        ["Gateway:SharedVault"] = "https://contoso-shared.vault.azure.net",
        ["Mesh:Service"] = "gateway",
        ["Mesh:TrustDomain"] = "contoso.internal",
        ["Mesh:Vault"] = "https://contoso-gateway.vault.azure.net",
        ["Mesh:Tables"] = "https://contoso.table.core.windows.net",
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Settings_OfADeployment_AreAllThatItNeeds(bool isFunction)
    {
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var (services, configuration) = (new ServiceCollection().AddLogging().AddSingleton<IHostApplicationLifetime>(lifetime), Configuration(_good));

        using var provider = (isFunction ? services.AddGatewayFunction(configuration) : services.AddFrontDoor(configuration)).BuildServiceProvider();

        Assert.Equal("https://contoso.table.core.windows.net/", provider.GetRequiredService<TableServiceClient>().Uri.ToString());
        Assert.Equal("https://contoso.blob.core.windows.net/", provider.GetRequiredService<BlobServiceClient>().Uri.ToString());
        Assert.Equal("https://contoso-shared.vault.azure.net/", provider.GetRequiredKeyedService<SecretClient>(GatewaySecrets.ClientKey).VaultUri.ToString());
        Assert.NotNull(provider.GetRequiredService<TokenCredential>());
        Assert.Equal(isFunction, provider.GetService<GatewayFunction>() is not null);
        Assert.Equal(isFunction ? GatewayHost.Functions : GatewayHost.Kestrel, provider.GetRequiredService<GatewayOptions>().Host);
    }

    [Fact]
    public void Settings_Missing_AreAllNamedWithTheirMends()
    {
        var refused = Assert.Throws<FrontDoorSettingsException>(() => new ServiceCollection().AddFrontDoor(Configuration([])));

        Assert.Equal(["Gateway:Tables", "Gateway:SharedVault"], refused.Errors.Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Fact]
    public void Setting_ThatIsNoHttpsAddress_IsNamed()
    {
        var refused = Assert.Throws<FrontDoorSettingsException>(() => new ServiceCollection().AddFrontDoor(Configuration(new(_good) { ["Gateway:Blobs"] = "http://contoso.blob.core.windows.net" })));

        Assert.StartsWith("Gateway:Blobs: http://contoso.blob.core.windows.net/ is no https address.", Assert.Single(refused.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other.yaml", "other.yaml")]
    [InlineData("", "gateway.yaml")]
    public void Config_IsAPathFromTheFolderOfTheApp(string said, string meant)
    {
        using var provider = new ServiceCollection().AddLogging().AddFrontDoor(Configuration(new(_good) { ["Gateway:Config"] = said })).BuildServiceProvider();

        Assert.Equal(Path.Combine(AppContext.BaseDirectory, meant), provider.GetRequiredService<GatewayOptions>().ConfigPath);
    }

    [Fact]
    public void Blobs_Unset_MeanNoReleases()
    {
        using var provider = new ServiceCollection().AddLogging().AddFrontDoor(Configuration(new(_good) { ["Gateway:Blobs"] = null })).BuildServiceProvider();

        Assert.Null(provider.GetService<BlobServiceClient>());
    }

    private static IConfiguration Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
