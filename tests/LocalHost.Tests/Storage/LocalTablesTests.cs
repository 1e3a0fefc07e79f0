using Azure;
using Azure.Data.Tables;
using LocalHost.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LocalHost.Tests.Storage;

/// <summary>Each plane's client asks as often as the plane says, of a storage that always answers 503.</summary>
public sealed class LocalTablesTests : IAsyncLifetime
{
    private readonly WebApplication _storage;
    private int _calls;

    public LocalTablesTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _storage = builder.Build();
        _storage.Run(context =>
        {
            Interlocked.Increment(ref _calls);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
    }

    public async ValueTask InitializeAsync() => await _storage.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task FrontDoor_AsksOnce() => Assert.Equal(1, await CallsAsync(tables => tables.ForFrontDoor()));

    [Fact]
    public async Task ControlPlane_AsksThrice() => Assert.Equal(3, await CallsAsync(tables => tables.ForControlPlane()));

    private async Task<int> CallsAsync(Func<LocalTables, TableServiceClient> client)
    {
        var tables = new LocalTables(new(_storage.Urls.First()));

        await Assert.ThrowsAsync<RequestFailedException>(() => client(tables).GetTableClient("keys").GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: TestContext.Current.CancellationToken));

        return _calls;
    }
}
