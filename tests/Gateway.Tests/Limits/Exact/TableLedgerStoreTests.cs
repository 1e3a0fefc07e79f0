using Azure.Data.Tables;
using Gateway.Limits.Exact;
using Gateway.Storage;
using Mesh.Clocks;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Shared;

namespace Gateway.Tests.Limits.Exact;

/// <summary>What the ledger builds on, asked of a real table service.</summary>
public sealed class TableLedgerStoreTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task Limiter_OfTwoProcesses_SharesTheTokens()
    {
        var (one, two) = (World(1), World(2));
        var charge = ExactWorld.Rolling(20, TimeSpan.FromSeconds(60), Guid.NewGuid().ToString());

        var admitted = 0;
        for (var request = 0; request < 40; request++)
        {
            var verdict = await (request % 2 == 0 ? one : two).Limiter.TryTakeAsync([charge], TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine($"{request}: {verdict.IsAdmitted} {verdict.IsUnavailable} {verdict.Readings[0]} {one.Accounts.All().Sum(account => account.Free)} {two.Accounts.All().Sum(account => account.Free)}");
            admitted += verdict.IsAdmitted ? 1 : 0;
        }

        Assert.Equal(20, admitted);
    }

    private ExactWorld World(int seed)
    {
        var service = new TableServiceClient(azurite.Connection, GatewayTables.ClientOptions());
        var meters = TestServices.Build();
        var store = new TableLedgerStore(service, new StorageHealth(TimeProvider.System, new((System.Diagnostics.Metrics.IMeterFactory)meters.GetService(typeof(System.Diagnostics.Metrics.IMeterFactory))!), NullLogger<StorageHealth>.Instance), new((System.Diagnostics.Metrics.IMeterFactory)meters.GetService(typeof(System.Diagnostics.Metrics.IMeterFactory))!), TimeProvider.System, NullLogger<TableLedgerStore>.Instance);
        return new(store, BootTime.Instance, seed);
    }
}
