using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tests.Shared;

namespace Mesh.Tests.Callers;

/// <summary>What happens to connections whose certificate is revoked, and which certificate new ones see.</summary>
public sealed class CallerConnectionsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revoked_OnALiveConnection_IsRefusedAtTheNextRequestAndClosed()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        await using var connection = await ConnectAsync(backend, leaf);
        var first = await AskAsync(connection);

        Revoke(backend, leaf);
        var second = await AskAsync(connection);

        Assert.StartsWith("HTTP/1.1 200", first, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", second, StringComparison.Ordinal);
        Assert.Contains("certificate-revoked", second, StringComparison.Ordinal);
        Assert.Equal(0, await connection.ReadAsync(new byte[1], Cancelled));
        Assert.Equal(["gateway: accepted", "gateway: certificate-revoked"], backend.Calls);
    }

    [Fact]
    public async Task Revoked_OnALiveHttp2Connection_IsRefusedAtTheNextRequestAndClosed()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        using var caller = new Caller(backend.Secure, leaf, HttpVersion.Version20);
        Assert.Equal(200, (await caller.GetAsync("/whoami")).Status);

        Revoke(backend, leaf);
        Assert.Equal("certificate-revoked", (await caller.GetAsync("/whoami")).Slug);

        // The client connects anew once it has noticed that the server closed.
        while (caller.Seen.Count == 1)
        {
            Assert.Equal("certificate-revoked", (await caller.GetAsync("/whoami")).Slug);
        }
    }

    [Fact]
    public async Task Act_IdleConnection_IsClosedWithoutARequest()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        using var good = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        await using var revoked = await ConnectAsync(backend, leaf);
        await using var kept = await ConnectAsync(backend, good);
        await AskAsync(revoked);
        await AskAsync(kept);

        Revoke(backend, leaf);
        backend.ActOnTrust();

        Assert.Equal(["certificate-revoked"], backend.ClosedConnections);
        await AssertIsClosedAsync(revoked);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(kept), StringComparison.Ordinal);
    }

    // What a misused key of the authority made must not go on over what it opened before.
    [Fact]
    public async Task Act_AuthorityThatIsTrustedNoMore_IsClosed()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        await using var connection = await ConnectAsync(backend, leaf);
        await AskAsync(connection);
        using var next = new MeshAuthority(backend.Time.GetUtcNow());

        backend.Trust.View = Views.Of(2, [], next.Certificate);
        backend.ActOnTrust();

        Assert.Equal(["authority-untrusted"], backend.ClosedConnections);
        await AssertIsClosedAsync(connection);
    }

    [Fact]
    public async Task Act_CertificateThatExpired_IsClosed()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        await using var connection = await ConnectAsync(backend, leaf);
        await AskAsync(connection);

        backend.Time.Advance(TimeSpan.FromHours(25));
        backend.ActOnTrust();

        Assert.Equal(["certificate-expired"], backend.ClosedConnections);
        await AssertIsClosedAsync(connection);
    }

    [Fact]
    public async Task Act_NextBundleOfTheSameAuthority_ClosesNothing()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        await using var connection = await ConnectAsync(backend, leaf);
        await AskAsync(connection);

        backend.Trust.View = Views.Of(2, [], backend.Authority.Certificate);
        backend.ActOnTrust();

        Assert.Empty(backend.ClosedConnections);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(connection), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Act_WithoutABundle_ClosesNothing()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        await using var connection = await ConnectAsync(backend, leaf);
        await AskAsync(connection);

        backend.Trust.View = null;
        backend.ActOnTrust();

        Assert.Empty(backend.ClosedConnections);
    }

    [Fact]
    public async Task Act_RequestUnderWay_IsCutOff()
    {
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var backend = await RunningBackend.StartAsync(configure: app => app.MapGet("/whoami", async (HttpContext context) =>
        {
            await using var registration = context.RequestAborted.Register(ended.SetResult);
            started.SetResult();
            await ended.Task;
        }));
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        await using var connection = await ConnectAsync(backend, leaf);
        await SendAsync(connection);
        await started.Task.WaitAsync(Cancelled);

        Revoke(backend, leaf);
        backend.ActOnTrust();

        await ended.Task.WaitAsync(Cancelled);
    }

    [Fact]
    public async Task Closed_ByTheCaller_IsForgotten()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        await using (var connection = await ConnectAsync(backend, leaf))
        {
            await AskAsync(connection, "Connection: close\r\n");
            Assert.Equal(0, await connection.ReadAsync(new byte[1], Cancelled));
        }

        Revoke(backend, leaf);
        backend.ActOnTrust();

        Assert.Empty(backend.ClosedConnections);
    }

    [Fact]
    public async Task Handshake_AfterANewLeaf_SeesItAtOnce()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var gateway = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        await using var before = await ConnectAsync(backend, gateway);
        var old = backend.Trust.Leaf!;

        backend.Trust.Leaf = backend.Authority.Issue("orders", backend.Time.GetUtcNow());
        await using var after = await ConnectAsync(backend, gateway);

        Assert.Equal(old.GetCertHashString(), before.RemoteCertificate!.GetCertHashString());
        Assert.Equal(backend.Trust.Leaf.GetCertHashString(), after.RemoteCertificate!.GetCertHashString());
    }

    [Fact]
    public async Task Handshake_ThatAsksForTheCandidate_SeesIt()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var gateway = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        backend.Trust.Candidate = backend.Authority.Issue("orders", backend.Time.GetUtcNow());

        await using var canary = await ConnectAsync(backend, gateway, "candidate--orders");
        await using var usual = await ConnectAsync(backend, gateway, "orders");

        Assert.Equal(backend.Trust.Candidate.GetCertHashString(), canary.RemoteCertificate!.GetCertHashString());
        Assert.Equal(backend.Trust.Leaf!.GetCertHashString(), usual.RemoteCertificate!.GetCertHashString());
    }

    [Fact]
    public async Task Handshake_ThatAsksForACandidateThatIsNotThere_SeesTheUsualCertificate()
    {
        await using var backend = await RunningBackend.StartAsync();

        await using var canary = await ConnectAsync(backend, null, "candidate--orders");

        Assert.Equal(backend.Trust.Leaf!.GetCertHashString(), canary.RemoteCertificate!.GetCertHashString());
    }

    [Fact]
    public async Task Handshake_WithNothingToPresent_FailsAndIsCounted()
    {
        await using var backend = await RunningBackend.StartAsync();
        backend.Trust.Leaf = null;

        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(backend, null, "orders"));

        Assert.Equal(["server: no-leaf"], backend.FailedHandshakes);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Handshake_InEitherVersion_ShowsTheCaller(SslProtocols protocol)
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        await using var connection = await ConnectAsync(backend, leaf, protocols: protocol);

        Assert.Equal(protocol, connection.SslProtocol);
        Assert.Contains("spiffe://contoso.internal/gateway", await AskAsync(connection), StringComparison.Ordinal);
    }

    private static void Revoke(RunningBackend backend, X509Certificate2 leaf) =>
        backend.Trust.View = Views.Of(2, [new(leaf.SerialNumber, backend.Time.GetUtcNow().AddDays(1))], backend.Authority.Certificate);

    private static async Task<SslStream> ConnectAsync(RunningBackend backend, X509Certificate2? leaf, string host = "orders", SslProtocols protocols = SslProtocols.None)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, backend.Secure.Port, Cancelled);
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(
            new()
            {
                TargetHost = host,
                EnabledSslProtocols = protocols,
                ClientCertificateContext = leaf is null ? null : SslStreamCertificateContext.Create(leaf, [], offline: true),
                RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
            },
            Cancelled);
        return stream;
    }

    private static async Task<string> AskAsync(SslStream connection, string header = "")
    {
        await SendAsync(connection, header);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsComplete(answer.ToString()))
        {
            var read = await connection.ReadAsync(buffer, Cancelled);
            Assert.NotEqual(0, read);
            answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    private static ValueTask SendAsync(SslStream connection, string header = "") =>
        connection.WriteAsync(Encoding.ASCII.GetBytes($"GET /whoami HTTP/1.1\r\nHost: orders\r\n{header}\r\n"), Cancelled);

    // The answers of these tests have a Content-Length, or end with the last chunk.
    private static bool IsComplete(string answer) =>
        answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
        || (answer.Contains("Content-Length", StringComparison.Ordinal) && answer.EndsWith('}'))
        || (answer.Contains("Content-Length", StringComparison.Ordinal) && answer.EndsWith(" 0", StringComparison.Ordinal));

    // A connection that is aborted may end with a reset.
    private static async Task AssertIsClosedAsync(SslStream connection)
    {
        try
        {
            Assert.Equal(0, await connection.ReadAsync(new byte[1], Cancelled));
        }
        catch (IOException)
        {
        }
    }
}
