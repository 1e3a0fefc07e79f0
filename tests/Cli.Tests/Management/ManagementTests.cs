namespace Cli.Tests.Management;

/// <summary>An operator with a management API to talk to.</summary>
public abstract class ManagementTests : IAsyncLifetime
{
    private protected FakeManagementApi Api { get; private set; } = null!;

    private protected Operator Operator { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Api = await FakeManagementApi.StartAsync();
        Operator.Environment["MANAGE_URL"] = Api.Url;
        Operator.Environment["MANAGE_KEY"] = "manage-canary";
    }

    public async ValueTask DisposeAsync()
    {
        Operator.Dispose();
        await Api.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
