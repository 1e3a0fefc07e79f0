using Azure.Security.KeyVault.Secrets;
using Mesh.Leaves;
using Mesh.Local;
using Mesh.Peers;
using Mesh.Tests.Peers;
using Mesh.Tests.Trust;
using Mesh.Trust;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mesh.Tests.Local;

/// <summary>A backend that is told of nothing but the file of a local host.</summary>
public sealed class LocalMemberTests : IAsyncLifetime
{
    private TestVault _vault = null!;

    public async ValueTask InitializeAsync() => _vault = await TestVault.StartAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Start_WithTheFile_IsThatMember()
    {
        using var host = Host();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        var options = host.Services.GetRequiredService<MeshOptions>();
        Assert.Equal(("billing", "local.internal", true), (options.Service, options.TrustDomain, options.Serves));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)), (options.ConnectionAge, options.Drain));
        Assert.Equal(["", $"Bearer {TestVault.Token}"], _vault.Asked);
    }

    [Fact]
    public async Task Start_WhereAllIsSetForAzure_UsesTheFileAllTheSame()
    {
        using var host = Host(
            new()
            {
                Service = "billing",
                TrustDomain = "local.internal",
                Vault = new("https://billing.vault.example"),
                Tables = new("https://contoso.tables.example"),
                ConnectionAge = TimeSpan.FromSeconds(20),
            },
            services => services.AddSingleton(new SecretClient(new("https://own.vault.example"), new LocalCredential("own", TimeProvider.System))));

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        _vault.Status = StatusCodes.Status404NotFound;
        await Assert.ThrowsAsync<LeafUnavailableException>(() => host.Services.GetRequiredService<ILeafVault>().LoadAsync("billing", "v1", TestContext.Current.CancellationToken));

        Assert.Equal(TimeSpan.FromSeconds(20), host.Services.GetRequiredService<MeshOptions>().ConnectionAge);
        Assert.Equal(3, _vault.Asked.Count);
    }

    [Fact]
    public async Task Start_OfAVaultWithAnotherCertificate_IsRefusedBeforeATokenIsSent()
    {
        _vault.Write(_vault.Membership with { VaultCertificate = TestVault.AnotherCertificate() });

        Assert.Contains("does not answer there. Start the local host", await FailAsync(), StringComparison.Ordinal);
        Assert.Empty(_vault.Asked);
    }

    [Fact]
    public async Task Start_WithAVaultThatIsGone_SaysThatTheRunIsOver()
    {
        await _vault.StopAsync();

        Assert.Contains("is of a run that is over", await FailAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCodes.Status401Unauthorized)]
    [InlineData(StatusCodes.Status403Forbidden)]
    public async Task Start_WithATokenOfAnotherRun_SaysSo(int status)
    {
        _vault.Status = status;

        Assert.Contains("is of another run", await FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BeforeTheFirstCertificate_IsNoMistake()
    {
        _vault.Status = StatusCodes.Status404NotFound;
        using var host = Host();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Service", "orders", "is of billing, and Mesh:Service is orders. Use ")]
    [InlineData("TrustDomain", "contoso.internal", "is of the mesh local.internal, and Mesh:TrustDomain is contoso.internal. Use ")]
    public async Task Start_WithSettingsThatContradictTheFile_NamesBoth(string setting, string value, string message)
    {
        var options = setting == "Service" ? new MeshOptions { Service = value } : new MeshOptions { TrustDomain = value };

        Assert.Contains(message, await FailAsync(options), StringComparison.Ordinal);
        Assert.Empty(_vault.Asked);
    }

    [Fact]
    public void Vault_OfAFileWithMistakes_IsNeverMade()
    {
        _vault.Write(_vault.Membership with { Vault = new("https://vault.example") });
        using var host = Host();

        Assert.Throws<MeshOptionsException>(host.Services.GetRequiredService<ILeafVault>);
    }

    private async Task<string> FailAsync(MeshOptions? options = null)
    {
        using var host = Host(options);
        var failure = await Assert.ThrowsAsync<MeshOptionsException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        var error = Assert.Single(failure.Errors);
        Assert.StartsWith($"Mesh:Local: {_vault.File} ", error, StringComparison.Ordinal);
        return error;
    }

    private IHost Host(MeshOptions? options = null, Action<IServiceCollection>? register = null)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IBundleSource>(new MemoryBundles()).AddSingleton<IPeerStore>(new MemoryPeers());
        register?.Invoke(builder.Services);
        builder.Services.AddMesh((options ?? new()) with { Local = _vault.File });
        return builder.Build();
    }
}
