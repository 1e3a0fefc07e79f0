namespace Infra.Tests;

public class AppTests
{
    private const string Sites = "Microsoft.Web/sites";

    // What the platform of Flex Consumption sets itself, or does not take.
    private static readonly string[] _forbidden =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME_VERSION", "FUNCTIONS_MAX_HTTP_CONCURRENCY", "FUNCTIONS_WORKER_PROCESS_COUNT",
        "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENTSHARE", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_CONTENTOVERVNET", "WEBSITE_VNET_ROUTE_ALL",
        "WEBSITE_LOAD_CERTIFICATES", "WEBSITE_TIME_ZONE", "WEBSITE_NODE_DEFAULT_VERSION", "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT",
        "SCM_DO_BUILD_DURING_DEPLOYMENT", "ENABLE_ORYX_BUILD", "AzureWebJobsStorage", "AzureWebJobsDashboard", "APPINSIGHTS_INSTRUMENTATIONKEY",
    ];

    [Fact]
    public async Task Apps_All_SpeakTlsAndHaveNoPasswords()
    {
        var deployment = await Deployment.Plain;

        var apps = deployment.All(Sites);
        var doors = deployment.All($"{Sites}/basicPublishingCredentialsPolicies");

        Assert.Equal(["func-controlplane", "func-frontdoor", "func-samples"], apps.Select(app => app.Name).Order(StringComparer.Ordinal));
        Assert.All(apps, app =>
        {
            Assert.Equal("true", app.Text("httpsOnly"));
            Assert.Contains(app.Text("siteConfig.minTlsVersion"), new[] { "1.2", "1.3" });
            Assert.Contains(app.Text("siteConfig.scmMinTlsVersion"), new[] { "1.2", "1.3" });
            Assert.Equal("Disabled", app.Text("siteConfig.ftpsState"));
            Assert.Equal("false", app.Text("siteConfig.remoteDebuggingEnabled"));
            Assert.Equal(["ftp", "scm"], doors.Where(door => door.Name.StartsWith($"{app.Name}/", StringComparison.Ordinal) && door.Text("allow") == "false").Select(door => door.Name.Split('/')[1]));
        });
    }

    [Theory]
    [InlineData("func-samples", "true", "Required")]
    [InlineData("func-frontdoor", "false", "Optional")]
    [InlineData("func-controlplane", "false", "Optional")]
    public async Task Apps_ClientCertificates_AreRequiredOfTheSamplesCallersOnly(string name, string enabled, string mode)
    {
        var app = (await Deployment.Plain).One(Sites, name);

        Assert.Equal(enabled, app.Text("clientCertEnabled"));
        Assert.Equal(mode, app.Text("clientCertMode"));
        // With exclusions the platform renegotiates, which breaks TLS 1.3 and HTTP/2 and limits bodies.
        Assert.Null(app["clientCertExclusionPaths"]);
        Assert.Equal(enabled == "true" ? "Required" : null, app.Settings().GetValueOrDefault("WEBSITE_CLIENT_CERT_MODE"));
    }

    [Fact]
    public async Task Apps_All_HaveAPlanAnIdentityAndAnAccountOfTheirOwn()
    {
        var deployment = await Deployment.Plain;

        var apps = deployment.All(Sites);
        var plans = deployment.All("Microsoft.Web/serverfarms");

        Assert.All(plans, plan => Assert.Equal("""{"tier":"FlexConsumption","name":"FC1"}""", plan.Json["sku"]!.ToJsonString()));
        Assert.Equal(plans.Select(plan => plan.Id).Order(StringComparer.Ordinal), apps.Select(app => app.Text("serverFarmId")).Order(StringComparer.Ordinal));
        Assert.Equal(3, apps.Select(app => app.Json["identity"]!.ToJsonString()).Distinct().Count());
        Assert.Equal(3, apps.Select(app => app.Text("functionAppConfig.deployment.storage.value")).Distinct().Count());
        Assert.All(apps, app =>
        {
            Assert.Equal("UserAssigned", app.Json["identity"]!["type"]!.ToString());
            Assert.Equal("UserAssignedIdentity", app.Text("functionAppConfig.deployment.storage.authentication.type"));
            Assert.Equal("dotnet-isolated 10.0", $"{app.Text("functionAppConfig.runtime.name")} {app.Text("functionAppConfig.runtime.version")}");
        });
    }

    [Fact]
    public async Task Apps_Settings_NoneThatFlexForbids()
    {
        Resource[] apps = [.. (await Deployment.Plain).All(Sites), .. (await Deployment.Full).All(Sites)];

        Assert.All(apps, app =>
        {
            Assert.Empty(app.Settings().Keys.Intersect(_forbidden, StringComparer.OrdinalIgnoreCase));
            Assert.Null(app["siteConfig.linuxFxVersion"]);
            Assert.Null(app["siteConfig.alwaysOn"]);
        });
    }

    [Fact]
    public async Task Scale_Plain_CostsNothingWhileIdle()
    {
        var apps = (await Deployment.Plain).All(Sites);

        Assert.All(apps, app =>
        {
            Assert.Equal("512", app.Text("functionAppConfig.scaleAndConcurrency.instanceMemoryMB"));
            Assert.Equal("[]", app["functionAppConfig.scaleAndConcurrency.alwaysReady"]!.ToJsonString());
        });
    }

    [Theory]
    [InlineData("func-frontdoor", """[{"name":"http","instanceCount":1}]""")]
    [InlineData("func-controlplane", """[{"name":"durable","instanceCount":2}]""")]
    [InlineData("func-samples", "[]")]
    public async Task Scale_Full_IsAsTheParametersSay(string name, string alwaysReady)
    {
        var app = (await Deployment.Full).One(Sites, name);

        Assert.Equal(alwaysReady, app["functionAppConfig.scaleAndConcurrency.alwaysReady"]!.ToJsonString());
        Assert.Equal("2048", app.Text("functionAppConfig.scaleAndConcurrency.instanceMemoryMB"));
    }
}
