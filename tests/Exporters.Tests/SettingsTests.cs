using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Exporters.Tests;

/// <summary>The environment variables: what they turn on, and what is said of one that is wrong.</summary>
public sealed class SettingsTests
{
    private const string Connection = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Key = "InstrumentationKey=00000000-0000-0000-0000-000000000001";
    private const string Client = "11111111-2222-3333-4444-555555555555";

    [Theory]
    [InlineData]
    [InlineData(Connection, "", Endpoint, "")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier pigeon", Authentication, "nonsense")]
    public void NothingAskedFor_NothingIsRegistered(params string[] settings)
    {
        var builder = NewBuilder(settings);
        var before = builder.Services.Count;

        Assert.Null(builder.AddExporters("front-door"));

        Assert.Equal(before, builder.Services.Count);
    }

    [Theory]
    [InlineData(Connection, Key)]
    [InlineData(Connection, $"{Key};IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/;LiveEndpoint=https://westeurope.livediagnostics.monitor.azure.com/;")]
    [InlineData(Endpoint, "http://localhost:4317")]
    [InlineData(Endpoint, "https://collector.example/otlp", "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]
    public void AskedFor_IsRegistered(params string[] settings) => Assert.NotNull(NewBuilder(settings).AddExporters("front-door"));

    [Theory]
    [InlineData(Connection, "s3cret", "It is not a list of Name=value")]
    [InlineData(Connection, "IngestionEndpoint=https://s3cret.example/", "It has no InstrumentationKey.")]
    [InlineData(Connection, "InstrumentationKey=s3cret", "Its InstrumentationKey is not a GUID.")]
    [InlineData(Connection, $"{Key};InstrumentationKey=s3cret", "It is not a list of Name=value")]
    [InlineData(Connection, $"{Key};IngestionEndpoint=s3cret", "Its IngestionEndpoint is not an https address.")]
    [InlineData(Connection, $"{Key};IngestionEndpoint=http://s3cret.example/", "Its IngestionEndpoint is not an https address.")]
    [InlineData(Authentication, "s3cret", "It does not say Authorization=AAD.", Connection, Key)]
    [InlineData(Authentication, $"ClientId={Client}", "It does not say Authorization=AAD.", Connection, Key)]
    [InlineData(Authentication, "ClientId=s3cret;Authorization=AAD", "Its ClientId is not a GUID.", Connection, Key)]
    [InlineData(Endpoint, "s3cret", "It is not an http or https address.")]
    [InlineData(Endpoint, "s3cret:4317", "It is not an http or https address.")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "This protocol is not known.", Endpoint, "http://localhost:4318")]
    [InlineData("OTEL_TRACES_SAMPLER", "always_on", "Azure Monitor does not know this sampler.", Connection, Key)]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "many", "It is not a number of traces", Connection, Key, "OTEL_TRACES_SAMPLER", "microsoft.rate_limited")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "50", "It is not a share.", Connection, Key, "OTEL_TRACES_SAMPLER", "microsoft.fixed_percentage")]
    public void WrongSetting_StopsTheStart_NamingItAndTheMend_WithoutItsValue(string setting, string value, string problem, params string[] others)
    {
        var failure = Assert.Throws<ExporterSettingException>(() => NewBuilder([setting, value, .. others]).AddExporters("front-door"));

        Assert.Equal(setting, failure.Setting);
        Assert.StartsWith($"{setting}: {problem}", failure.Message, StringComparison.Ordinal);
        Assert.Matches(" (Write|Copy) .*(remove|then).*\\.$", failure.Message);
        Assert.DoesNotContain("s3cret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Identity_IsTheManagedOneThatIsNamed()
    {
        Assert.Equal(ManagedIdentityId.FromUserAssignedClientId(Client).ToString(), Read(Connection, Key, Authentication, $"ClientId={Client};Authorization=AAD").Identity!.ToString());
        Assert.Equal(ManagedIdentityId.SystemAssigned.ToString(), Read(Connection, Key, Authentication, "Authorization=AAD").Identity!.ToString());
        Assert.Null(Read(Connection, Key).Identity);
    }

    [Fact]
    public void Sampling_IsFiveTracesASecond_UnlessSaidOtherwise()
    {
        Assert.Equal((5, null), (Read(Connection, Key).Sampling.TracesPerSecond, Read(Connection, Key).Sampling.Share));
        Assert.Equal(0.5, Read(Connection, Key, "OTEL_TRACES_SAMPLER", "microsoft.rate_limited", "OTEL_TRACES_SAMPLER_ARG", "0.5").Sampling.TracesPerSecond);
        var fixedShare = Read(Connection, Key, "OTEL_TRACES_SAMPLER", "microsoft.fixed_percentage", "OTEL_TRACES_SAMPLER_ARG", "0.25").Sampling;
        Assert.Equal((null, 0.25f), (fixedShare.TracesPerSecond, fixedShare.Share));
    }

    private static AzureMonitorSettings Read(params string[] settings) => AzureMonitorSettings.Read(NewBuilder(settings).Configuration)!;

    private static HostApplicationBuilder NewBuilder(IReadOnlyList<string> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Chunk(2).ToDictionary(pair => pair[0], pair => (string?)pair[1]));
        return builder;
    }
}
