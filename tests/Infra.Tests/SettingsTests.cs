namespace Infra.Tests;

/// <summary>What the apps are told. The names on the left are those that their code reads.</summary>
public class SettingsTests
{
    private const string Everywhere = """
        APPLICATIONINSIGHTS_CONNECTION_STRING = [{telemetry.connectionString}]
        AzureWebJobsStorage__credential = managedidentity
        Mesh__Tables = [{stores.data.tables}]
        Mesh__TrustDomain = mesh.internal
        """;

    private const string FrontDoor = """
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING = [format('ClientId={0};Authorization=AAD', {frontDoorIdentity.identity.clientId})]
        AUDIENCE = gateway
        AZURE_CLIENT_ID = [{frontDoorIdentity.identity.clientId}]
        AzureWebJobsStorage__blobServiceUri = [{stores.frontDoorHost.blobs}]
        AzureWebJobsStorage__clientId = [{frontDoorIdentity.identity.clientId}]
        AzureWebJobsStorage__queueServiceUri = [{stores.frontDoorHost.queues}]
        AzureWebJobsStorage__tableServiceUri = [{stores.frontDoorHost.tables}]
        BACKEND_TLS = mesh-client
        CUSTOMERS_URL = [{samples.app.url}]
        ECHO_URL = [{samples.app.url}]
        Gateway__Blobs = [{stores.data.blobs}]
        Gateway__SharedVault = [{vaults.shared.uri}]
        Gateway__Tables = [{stores.data.tables}]
        ISSUER_URL = [format('{0}{1}/v2.0', environment().authentication.loginEndpoint, '00000000-0000-0000-0000-000000000002')]
        Mesh__Service = gateway
        Mesh__Vault = [{vaults.gateway.uri}]
        ORDERS_URL = [{samples.app.url}]
        TRUST_DOMAIN = mesh.internal
        """;

    private const string ControlPlane = """
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING = [format('ClientId={0};Authorization=AAD', {controlPlaneIdentity.identity.clientId})]
        AZURE_CLIENT_ID = [{controlPlaneIdentity.identity.clientId}]
        AzureWebJobsStorage__blobServiceUri = [{stores.controlPlaneHost.blobs}]
        AzureWebJobsStorage__clientId = [{controlPlaneIdentity.identity.clientId}]
        AzureWebJobsStorage__queueServiceUri = [{stores.controlPlaneHost.queues}]
        AzureWebJobsStorage__tableServiceUri = [{stores.controlPlaneHost.tables}]
        ControlPlane__AuthorityVault = [{vaults.authority.uri}]
        ControlPlane__Blobs = [{stores.data.blobs}]
        ControlPlane__Entra__Audience = 
        ControlPlane__Entra__Tenant = 
        ControlPlane__SharedVault = [{vaults.shared.uri}]
        ControlPlane__Tables = [{stores.data.tables}]
        ControlPlane__TrustDomain = mesh.internal
        ControlPlane__Workloads__gateway = [{vaults.gateway.uri}]
        ControlPlane__Workloads__samples = [{vaults.samples.uri}]
        """;

    private const string Samples = """
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING = [format('ClientId={0};Authorization=AAD', {samplesIdentity.identity.clientId})]
        AZURE_CLIENT_ID = [{samplesIdentity.identity.clientId}]
        AzureWebJobsStorage__blobServiceUri = [{stores.samplesHost.blobs}]
        AzureWebJobsStorage__clientId = [{samplesIdentity.identity.clientId}]
        AzureWebJobsStorage__queueServiceUri = [{stores.samplesHost.queues}]
        AzureWebJobsStorage__tableServiceUri = [{stores.samplesHost.tables}]
        Mesh__Service = samples
        Mesh__Vault = [{vaults.samples.uri}]
        WEBSITE_CLIENT_CERT_ENABLED = true
        WEBSITE_CLIENT_CERT_MODE = Required
        """;

    private const string Optional = """
        OTEL_EXPORTER_OTLP_ENDPOINT = https://collector.example
        WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED = 0
        """;

    [Theory]
    [InlineData("func-frontdoor", FrontDoor)]
    [InlineData("func-controlplane", ControlPlane)]
    [InlineData("func-samples", Samples)]
    public async Task Settings_Plain_AreTheListed(string app, string own) =>
        Assert.Equal(Sorted(Everywhere, own), Of(await Deployment.Plain, app));

    [Theory]
    [InlineData("func-frontdoor", FrontDoor)]
    [InlineData("func-controlplane", ControlPlane)]
    [InlineData("func-samples", Samples)]
    public async Task Settings_Full_AreTheListedAndTheOptional(string app, string own)
    {
        var listed = own.Replace("Entra__Audience = ", "Entra__Audience = api://control", StringComparison.Ordinal)
            .Replace("Entra__Tenant = ", "Entra__Tenant = 00000000-0000-0000-0000-000000000002", StringComparison.Ordinal);

        Assert.Equal(Sorted(Everywhere, listed, Optional), Of(await Deployment.Full, app));
    }

    private static string[] Of(Deployment deployment, string app) =>
        [.. deployment.One("Microsoft.Web/sites", app).Settings().Select(setting => $"{setting.Key} = {setting.Value}").Order(StringComparer.Ordinal)];

    private static string[] Sorted(params string[] lists) => [.. lists.SelectMany(list => list.Split('\n')).Order(StringComparer.Ordinal)];
}
