using LocalHost.Vault;
using Mesh.Local;

namespace LocalHost.Tests.Vault;

/// <summary>What a vault keeps outlives it.</summary>
public sealed class VaultRestartTests : IAsyncLifetime
{
    private readonly VaultWorld _world = new();
    private readonly TestAuthority _authority = new();

    private static CancellationToken Cancellation => VaultWorld.Cancellation;

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    [Fact]
    public async Task Restart_KeepsEverything()
    {
        await _world.Secrets().SetSecretAsync("pepper", "one", Cancellation);
        await _world.CallAsync(HttpMethod.Post, "/keys/ca/create", new() { ["kty"] = "EC" });
        var (_, key) = await _world.CallAsync(HttpMethod.Get, "/keys/ca");
        var operation = await _world.Certificates().StartCreateCertificateAsync("leaf", new("Self", "CN=leaf"), cancellationToken: Cancellation);
        var leaf = await operation.WaitForCompletionAsync(TimeSpan.FromMilliseconds(1), Cancellation);
        var secret = await _world.Secrets().GetSecretAsync("leaf", cancellationToken: Cancellation);

        await _world.RestartAsync();

        Assert.Equal("one", (await _world.Secrets().GetSecretAsync("pepper", cancellationToken: Cancellation)).Value.Value);
        var (_, keyAfter) = await _world.CallAsync(HttpMethod.Get, "/keys/ca");
        Assert.Equal((string?)key["key"]!["x"], (string?)keyAfter["key"]!["x"]);
        Assert.Equal(leaf.Value.Cer, (await _world.Certificates().GetCertificateAsync("leaf", Cancellation)).Value.Cer);
        Assert.Equal(secret.Value.Value, (await _world.Secrets().GetSecretAsync("leaf", cancellationToken: Cancellation)).Value.Value);
    }

    [Fact]
    public async Task Restart_BetweenRequestAndMerge_LosesNothing()
    {
        var operation = await _world.Certificates().StartCreateCertificateAsync("leaf", new("Unknown", "CN=leaf"), cancellationToken: Cancellation);
        var signed = _authority.Sign(operation.Properties.Csr);

        await _world.RestartAsync();

        var merged = await _world.Certificates().MergeCertificateAsync(new("leaf", [signed]), Cancellation);
        Assert.Equal(signed, merged.Value.Cer);
    }

    [Fact]
    public async Task Restart_KeepsTheServersCertificate()
    {
        using var http = new HttpClient(PinnedHandler.For(LoopbackCertificate.PemOf(_world.Folder)));

        await _world.RestartAsync();

        using var answer = await http.GetAsync(_world.Address, Cancellation);
        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Files_AreForTheirOwnerOnly()
    {
        await _world.Secrets().SetSecretAsync("pepper", "one", Cancellation);
        await _world.CallAsync(HttpMethod.Post, "/keys/ca/create", new() { ["kty"] = "EC" });

        var files = Directory.EnumerateFiles(_world.Folder["vaults"], "*", SearchOption.AllDirectories).Append(_world.Folder["vault.secret"]).Append(_world.Folder["loopback.pem"]).ToList();

        Assert.True(files.Count >= 5);
        Assert.All(files, file => AssertMode(UnixFileMode.UserRead | UnixFileMode.UserWrite, file));
        Assert.All(
            Directory.EnumerateDirectories(_world.Folder["vaults"], "*", SearchOption.AllDirectories),
            folder => AssertMode(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder));
    }

    public async ValueTask DisposeAsync()
    {
        _authority.Dispose();
        await _world.DisposeAsync();
    }

    private static void AssertMode(UnixFileMode mode, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(mode, File.GetUnixFileMode(path));
        }
    }
}
