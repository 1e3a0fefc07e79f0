using LocalHost.Members;
using LocalHost.Storage;
using LocalHost.Tests.Vault;
using Mesh.Local;

namespace LocalHost.Tests.Members;

public sealed class MemberFilesTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private readonly MemberFiles _files = new(world.Folder);

    [Fact]
    public async Task Write_GivesAMemberItsVaultAndNothingElse()
    {
        await world.Secrets().SetSecretAsync("shared", "one", VaultWorld.Cancellation);

        var file = LocalFile.Read(Write("main", VaultWorld.Workload));
        using var clients = new LocalClients(file, TimeProvider.System);

        Assert.Empty(file.Errors);
        Assert.Equal(("main", "local.internal", TimeSpan.FromMinutes(1)), (file.Membership!.Service, file.Membership.TrustDomain, file.Membership.ConnectionAge));
        Assert.Equal(world.Address, clients.Vault.VaultUri);
        Assert.Equal("http://127.0.0.1:10002/devstoreaccount1", clients.Tables.Uri.AbsoluteUri.TrimEnd('/'));
        var refused = await Assert.ThrowsAsync<Azure.RequestFailedException>(() => clients.Vault.SetSecretAsync("shared", "two", VaultWorld.Cancellation));
        Assert.Equal(403, refused.Status);
    }

    [Fact]
    public void Write_IsForItsOwnerOnly()
    {
        var path = Write("main", VaultWorld.Workload);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void Clear_RemovesThoseOfTheRunBefore()
    {
        var path = Write("main", VaultWorld.Workload);

        _files.Clear();

        Assert.False(File.Exists(path));
    }

    private string Write(string service, string principal) =>
        _files.Write(service, "local.internal", world.As(principal), new LocalTables(new("http://127.0.0.1:10002")), MeshTimes.Of(null));
}
