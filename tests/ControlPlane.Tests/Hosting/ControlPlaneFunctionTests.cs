using System.Diagnostics;
using System.Net;
using ControlPlane.Hosting;
using ControlPlane.Orchestrations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ControlPlane.Tests.Hosting;

public sealed class ControlPlaneFunctionTests
{
    private static readonly Dictionary<string, string?> _good = new()
    {
        ["ControlPlane:Tables"] = "https://contoso.table.core.windows.net",
        ["ControlPlane:Blobs"] = "https://contoso.blob.core.windows.net",
        ["ControlPlane:AuthorityVault"] = "https://contoso.vault.azure.net",
        ["ControlPlane:SharedVault"] = "https://contoso-shared.vault.azure.net",
        ["ControlPlane:TrustDomain"] = "contoso.internal",
        ["ControlPlane:Workloads:gateway"] = "https://contoso-gateway.vault.azure.net",
        ["ControlPlane:Workloads:samples"] = "https://contoso-samples.vault.azure.net",
    };

    [Fact]
    public void Settings_OfADeployment_AreAllThatItNeeds()
    {
        using var services = Services(_good);

        Assert.NotNull(services.GetRequiredService<ControlPlaneFunction>());
        Assert.NotNull(services.GetRequiredService<RotationActivities>());
        // Nothing of it runs by itself: the triggers call it.
        Assert.DoesNotContain(services.GetServices<IHostedService>(), service => service.GetType().Assembly == typeof(ControlPlaneFunction).Assembly);
    }

    [Fact]
    public void Settings_Missing_AreAllNamedWithTheirMends()
    {
        var refused = Assert.Throws<ControlPlaneSettingsException>(() => Services([]));

        Assert.Equal(["Tables", "Blobs", "AuthorityVault", "SharedVault", "Workloads"], refused.Errors.Select(error => error.Split(':')[1]));
    }

    [Theory]
    [InlineData("ControlPlane:Tables", "http://contoso.table.core.windows.net")]
    [InlineData("ControlPlane:Workloads:gateway", "http://contoso-gateway.vault.azure.net")]
    [InlineData("ControlPlane:AuthorityVault", "http://contoso.vault.azure.net")]
    public void Setting_ThatIsNoHttpsAddress_IsNamed(string name, string value)
    {
        var refused = Assert.Throws<ControlPlaneSettingsException>(() => Services(new(_good) { [name] = value }));

        Assert.StartsWith($"{name}: {value}/ is no https address.", Assert.Single(refused.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Management_WhereAnEndpointIsSetAlready_RoutesAnew()
    {
        using var services = Services(_good);
        var context = new DefaultHttpContext { RequestServices = services };
        (context.Request.Method, context.Request.Path) = ("GET", "/problems/invalid");
        context.SetEndpoint(new(_ => throw new InvalidOperationException("The function again."), EndpointMetadataCollection.Empty, "function"));
        context.Request.RouteValues["path"] = "problems/invalid";

        await services.GetRequiredService<ControlPlaneFunction>().ManageAsync(context);

        Assert.Equal((int)HttpStatusCode.OK, context.Response.StatusCode);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddLogging()
        // As every web host has it.
        .AddSingleton(new DiagnosticListener("test"))
        .AddControlPlaneFunction(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .BuildServiceProvider();
}
