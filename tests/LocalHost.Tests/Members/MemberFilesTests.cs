using Azure;
using LocalHost.Members;
using LocalHost.Storage;
using LocalHost.Tests.Vault;
using Mesh.Local;

namespace LocalHost.Tests.Members;

public sealed class MemberFilesTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private readonly MemberFiles _files = new(world.Folder);

    [Fact]
    public async Task Write_GivesAMemberWhatItsVaultTakesForReading()
    {
        await using var vault = await world.StartAsync(VaultWorld.Workload);
        await world.As(VaultWorld.Admin).Secrets(vault.Address).SetSecretAsync("kept", "one", VaultWorld.Cancellation);

        var file = LocalFile.Read(Write(VaultWorld.Workload));
        using var clients = new LocalClients(file, TimeProvider.System);
        var read = await clients.Vault.GetSecretAsync("kept", cancellationToken: VaultWorld.Cancellation);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => clients.Vault.SetSecretAsync("kept", "two", VaultWorld.Cancellation));

        Assert.Equal((VaultWorld.Workload, "local.internal", TimeSpan.FromMinutes(1)), (file.Membership!.Service, file.Membership.TrustDomain, file.Membership.ConnectionAge));
        Assert.Equal(vault.Address, clients.Vault.VaultUri);
        Assert.Equal(("one", 403), (read.Value.Value, refused.Status));
        Assert.Equal("http://127.0.0.1:10002/devstoreaccount1", clients.Tables.Uri.AbsoluteUri.TrimEnd('/'));
    }

    [Fact]
    public void Write_IsForItsOwnerOnly()
    {
        var path = Write("main");

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void Clear_RemovesThoseOfTheRunBefore()
    {
        var path = Write("main");

        _files.Clear();

        Assert.False(File.Exists(path));
    }

    private string Write(string service) =>
        _files.Write(service, "local.internal", world.As(service), new LocalTables(new("http://127.0.0.1:10002")), MeshTimes.Of(null));
}
