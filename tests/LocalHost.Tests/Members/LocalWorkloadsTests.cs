using Gateway;
using Gateway.Configuration;
using LocalHost.Members;

namespace LocalHost.Tests.Members;

public sealed class LocalWorkloadsTests
{
    [Fact]
    public void Of_ServicesWithMeshTls_AreTheirIdentitiesOnceAndInOrder()
    {
        var workloads = LocalWorkloads.Of(
            Config("""
                zeta: { urls: "https://localhost:1", tls: mesh }
                billing: { urls: "https://localhost:2", tls: mesh, identity: invoices }
                archive: { urls: "https://localhost:3", tls: mesh, identity: invoices }
                shop: { urls: "https://localhost:4", tls: mesh-client }
                search: { urls: "https://localhost:5" }
                """),
            samples: false);

        Assert.Equal(["invoices", "zeta"], workloads.Others);
        Assert.Equal(["gateway", "invoices", "zeta"], workloads.All);
    }

    [Theory]
    [InlineData(true, new[] { "billing" })]
    [InlineData(false, new[] { "billing", "orders" })]
    public void Of_ASample_IsTheUsersOnlyWhereTheSamplesDoNotRun(bool samples, string[] others)
    {
        var workloads = LocalWorkloads.Of(
            Config("""
                orders: { urls: "https://localhost:1", tls: mesh }
                billing: { urls: "https://localhost:2", tls: mesh }
                """),
            samples);

        Assert.Equal(others, workloads.Others);
    }

    // Who is called so would have the rights of the control plane, or keep the mesh from beginning.
    [Theory]
    [InlineData("control-plane")]
    [InlineData("shared")]
    [InlineData("authority")]
    public void Of_ANameThatIsTaken_SaysWhatToDo(string name)
    {
        var failure = Assert.Throws<StartFailure>(() => LocalWorkloads.Of(Config($$"""billing: { urls: "https://localhost:1", tls: mesh, identity: {{name}} }"""), samples: false));

        Assert.Contains($"'{name}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("identity: NAME", failure.Message, StringComparison.Ordinal);
    }

    internal static GatewayConfig Config(string services)
    {
        var load = ConfigFile.Parse($"version: 1\nmesh: {{ trustDomain: local.internal }}\nservices:\n  {services.ReplaceLineEndings("\n  ")}\n", "gateway.yaml", _ => null);
        Assert.Empty(load.Errors);
        return load.Config!;
    }
}
