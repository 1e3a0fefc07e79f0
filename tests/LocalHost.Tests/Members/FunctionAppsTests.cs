using LocalHost.Storage;

namespace LocalHost.Tests.Members;

public sealed class FunctionAppsTests
{
    [Fact]
    public void HostConnection_NamesAllThreeServicesOfAzurite()
    {
        var connection = AzuriteAccount.HostConnection("1,2,3");

        Assert.Contains(";BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;QueueEndpoint=http://127.0.0.1:2/devstoreaccount1;TableEndpoint=http://127.0.0.1:3/devstoreaccount1;", connection, StringComparison.Ordinal);
    }
}
