using System.Collections;
using Mesh.Callers;
using Mesh.Settings;
using Microsoft.Extensions.Configuration;

namespace Mesh.Tests.Settings;

public class MeshOptionsReadingTests
{
    private static readonly Dictionary<string, string?> _all = new()
    {
        ["Mesh:Service"] = "orders",
        ["Mesh:TrustDomain"] = "contoso.internal",
        ["Mesh:Vault"] = "https://orders.vault.azure.net",
        ["Mesh:Tables"] = "https://contoso.table.core.windows.net",
        ["Mesh:Local"] = ".local/mesh/orders.json",
        ["Mesh:Serves"] = "true",
        ["Mesh:Callers:Mode"] = "permissive",
        ["Mesh:Callers:InPipeline"] = "False",
        ["Mesh:Callers:Source"] = "FrontEnd",
        ["Mesh:ConnectionAge"] = "00:01:00",
        ["Mesh:Drain"] = "00:02:00",
        ["Mesh:Services:billing"] = "https://billing.internal",
    };

    [Fact]
    public void Read_EverySetting_IsWhatWasSaid()
    {
        var options = Read(_all);

        Assert.Equal(
            ("orders", "contoso.internal", ".local/mesh/orders.json", true, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)),
            (options.Service, options.TrustDomain, options.Local, options.Serves, options.ConnectionAge, options.Drain));
        Assert.Equal((new Uri("https://orders.vault.azure.net"), new Uri("https://contoso.table.core.windows.net")), (options.Vault, options.Tables));
        Assert.Equal(new MeshCallerOptions { Mode = MeshMode.Permissive, InPipeline = false, Source = MeshCallerSource.FrontEnd }, options.Callers);
        Assert.Equal(new Uri("https://billing.internal"), Assert.Single(options.Services, service => service.Key == "billing").Value);
    }

    [Theory]
    [InlineData(typeof(MeshOptions), "Mesh")]
    [InlineData(typeof(MeshCallerOptions), "Mesh:Callers")]
    public void Read_OfEveryMember_IsTested(Type type, string section) => Assert.All(
        type.GetProperties().Where(member => member.CanWrite),
        member => Assert.Contains(_all.Keys, key => key == $"{section}:{member.Name}" || key.StartsWith($"{section}:{member.Name}:", StringComparison.Ordinal)));

    [Fact]
    public void Read_Nothing_IsWhatUnsetMeans()
    {
        var (options, unset) = (Read(new() { ["Mesh:Vault"] = "" }), new MeshOptions());

        Assert.Equal(unset with { Services = options.Services }, options);
        Assert.Empty((IEnumerable)options.Services);
    }

    [Fact]
    public void Read_WhatCannotBeRead_IsNamedAllAtOnce()
    {
        var refused = Assert.Throws<MeshOptionsException>(() => Read(new()
        {
            ["Mesh:Serves"] = "yes",
            ["Mesh:Callers:Mode"] = "lax",
            ["Mesh:Callers:Source"] = "7",
            ["Mesh:Drain"] = "5m",
            ["Mesh:Services:orders"] = "https://",
        }));

        Assert.Equal(
            [
                "Mesh:Serves: 'yes' is not true or false. Use one such as true.",
                "Mesh:Callers:Mode: 'lax' is not one of Strict, Permissive. Use one such as Strict.",
                "Mesh:Callers:Source: '7' is not one of Tls, FrontEnd. Use one such as Tls.",
                "Mesh:Drain: '5m' is not a duration. Use one such as 00:05:00.",
                "Mesh:Services:orders: 'https://' is not an address. Use one such as https://contoso.example.",
            ],
            refused.Errors);
    }

    private static MeshOptions Read(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build().ReadMesh();
}
