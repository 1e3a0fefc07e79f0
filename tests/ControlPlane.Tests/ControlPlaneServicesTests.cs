using ControlPlane.Certificates;
using ControlPlane.Vault;
using Microsoft.Extensions.DependencyInjection;
using Tests.Shared;

namespace ControlPlane.Tests;

public sealed class ControlPlaneServicesTests
{
    [Fact]
    public void AddControlPlane_ShortManageKey_IsRefusedWithoutShowingIt()
    {
        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddControlPlane(new() { ManageKey = "short-secret" }));

        Assert.DoesNotContain("short-secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AddControlPlane_BesideAMesh_LeavesItTheCertificates(bool before)
    {
        var services = new ServiceCollection();
        var mesh = new FakeCertificateDesk(TimeProvider.System);

        if (before)
        {
            services.AddSingleton<ICertificateDesk>(mesh);
        }

        services.AddControlPlane(new() { ManageKey = new string('k', 32) });
        if (!before)
        {
            services.AddSingleton<ICertificateDesk>(mesh);
        }

        using var provider = services.BuildServiceProvider();
        Assert.Same(mesh, provider.GetRequiredService<ICertificateDesk>());
    }

    [Theory]
    [InlineData("Contoso", "orders", "Contoso")]
    [InlineData("contoso.internal", "Orders", "Orders")]
    [InlineData("contoso.internal", "authority", "authority")]
    public void AddControlPlane_NameThatCannotBe_StopsTheStart(string trustDomain, string service, string named)
    {
        var mesh = new MeshControl { Settings = new() { TrustDomain = trustDomain }, Authority = null!, Workloads = new Dictionary<string, VaultCertificates> { [service] = null! } };

        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddControlPlane(new() { ManageKey = new string('k', 32), Mesh = mesh }));

        Assert.Contains($"\"{named}\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_Printed_ShowNoKey() =>
        Assert.DoesNotContain("canary", $"{new ControlPlaneOptions { ManageKey = "canary-canary-canary" }}", StringComparison.Ordinal);
}
