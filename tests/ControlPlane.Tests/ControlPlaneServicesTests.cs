using Microsoft.Extensions.DependencyInjection;

namespace ControlPlane.Tests;

public sealed class ControlPlaneServicesTests
{
    [Fact]
    public void AddControlPlane_ShortManageKey_IsRefusedWithoutShowingIt()
    {
        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddControlPlane(new() { ManageKey = "short-secret" }));

        Assert.DoesNotContain("short-secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_Printed_ShowNoKey() =>
        Assert.DoesNotContain("canary", $"{new ControlPlaneOptions { ManageKey = "canary-canary-canary" }}", StringComparison.Ordinal);
}
