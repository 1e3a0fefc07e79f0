namespace Infra.Tests;

public class StorageTests
{
    private const string Accounts = "Microsoft.Storage/storageAccounts";

    [Fact]
    public async Task Accounts_All_TakeNoKeyNoAnonymousReaderAndNoOldTls()
    {
        var accounts = (await Deployment.Plain).All(Accounts);

        Assert.Equal(["stcontrol", "stdata", "stfront", "stsamples"], accounts.Select(account => account.Name).Order(StringComparer.Ordinal));
        Assert.All(accounts, account =>
        {
            Assert.Equal("false", account.Text("allowSharedKeyAccess"));
            Assert.Equal("false", account.Text("allowBlobPublicAccess"));
            Assert.Equal("false", account.Text("allowCrossTenantReplication"));
            Assert.Equal("true", account.Text("supportsHttpsTrafficOnly"));
            Assert.Contains(account.Text("minimumTlsVersion"), new[] { "TLS1_2", "TLS1_3" });
        });
    }

    [Fact]
    public async Task Containers_All_AreNotPublic()
    {
        var containers = (await Deployment.Plain).All($"{Accounts}/blobServices/containers");

        Assert.Equal(
            ["stcontrol/default/packages", "stdata/default/releases", "stfront/default/packages", "stsamples/default/packages"],
            containers.Select(container => container.Name).Order(StringComparer.Ordinal));
        Assert.All(containers, container => Assert.Equal("None", container.Text("publicAccess")));
    }

    [Fact]
    public async Task Tables_Data_AreThoseOfTheRecords()
    {
        var tables = (await Deployment.Plain).All($"{Accounts}/tableServices/tables").Select(table => table.Name);

        Assert.Equal(
            ["consumers", "keys", "limits", "peers", "rotations", "trust", "usage"],
            tables.Select(name => name["stdata/default/".Length..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Template_AnyText_AsksForNoKey()
    {
        var template = await Template.Main;

        Assert.All(
            new[] { "listKeys", "listAccountSas", "listServiceSas", "listSecrets", "AccountKey=", "SharedAccessKey" },
            way => Assert.DoesNotContain(way, template.Text, StringComparison.OrdinalIgnoreCase));
    }
}
