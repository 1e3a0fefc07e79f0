using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mesh.Callers;
using Tests.Shared;

namespace Mesh.Tests.Callers;

/// <summary>The header in which App Service passes on a certificate that it did not look at.</summary>
public sealed class FrontEndCallTests
{
    private const string Proto = "X-Forwarded-Proto";

    private static readonly MeshCallerOptions _behindFrontEnd = new() { Source = MeshCallerSource.FrontEnd };
    private static readonly (string Name, string Value) _secure = (Proto, "https");

    [Fact]
    public async Task Header_WhereTheFrontEndSetsIt_IsTheCaller()
    {
        await using var backend = await RunningBackend.StartAsync(_behindFrontEnd);
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        using var caller = new Caller(backend.Plain);

        var answer = await caller.GetAsync("/gateway", _secure, Header(leaf));

        Assert.Equal((200, "spiffe://contoso.internal/gateway 1"), (answer.Status, answer.Body));
        Assert.Equal(["gateway: accepted"], backend.Calls);
        Assert.Equal(0, backend.ForgedHeaders);
    }

    [Fact]
    public async Task Header_OfAnAuthorityThatOneMadeUp_IsRefused()
    {
        await using var backend = await RunningBackend.StartAsync(_behindFrontEnd);
        using var own = new MeshAuthority(backend.Time.GetUtcNow());
        using var leaf = own.Issue("gateway", backend.Time.GetUtcNow());
        using var caller = new Caller(backend.Plain);

        var answer = await caller.GetAsync("/gateway", _secure, Header(leaf));

        Assert.Equal((401, "authority-untrusted"), (answer.Status, answer.Slug));
        Assert.Equal(["unknown: authority-untrusted"], backend.Calls);
    }

    // The front end asks for certificates over https only: over http the header is the caller's own.
    [Theory]
    [InlineData]
    [InlineData("http")]
    [InlineData("https, http")]
    [InlineData("http, https")]
    [InlineData("https", "http")]
    [InlineData("")]
    public async Task Header_OfACallThatDidNotComeOverHttps_IsForged(params string[] protocols)
    {
        await using var backend = await RunningBackend.StartAsync(_behindFrontEnd);
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        using var caller = new Caller(backend.Plain);

        var answer = await caller.GetAsync("/gateway", [Header(leaf), .. protocols.Select(protocol => (Proto, protocol))]);

        Assert.Equal((401, "certificate-header-forged"), (answer.Status, answer.Slug));
        Assert.Equal(["plain: certificate-header-forged"], backend.Calls);
        Assert.Equal(1, backend.ForgedHeaders);
    }

    // The host of a function app adds what it saw to what the front end said.
    [Fact]
    public async Task Header_ThroughTwoHopsOverHttps_IsTheCaller()
    {
        await using var backend = await RunningBackend.StartAsync(_behindFrontEnd);
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        using var caller = new Caller(backend.Plain);

        Assert.Equal(200, (await caller.GetAsync("/gateway", Header(leaf), (Proto, "https, HTTPS"))).Status);
    }

    [Fact]
    public async Task Header_OverTlsWithThisProcess_IsTheCaller()
    {
        await using var backend = await RunningBackend.StartAsync(_behindFrontEnd);
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        using var caller = new Caller(backend.Secure);

        Assert.Equal(200, (await caller.GetAsync("/gateway", Header(leaf))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("bm8gY2VydGlmaWNhdGU=")]
    public async Task Header_ThatIsNoCertificate_IsRefused(string value)
    {
        await using var backend = await RunningBackend.StartAsync(_behindFrontEnd);
        using var caller = new Caller(backend.Plain);

        var answer = await caller.GetAsync("/whoami", _secure, (CallerCertificate.Header, value));

        Assert.Equal((401, "certificate-unreadable"), (answer.Status, answer.Slug));
        Assert.Equal(["unknown: certificate-unreadable"], backend.Calls);
    }

    [Fact]
    public async Task Header_Twice_IsRefused()
    {
        await using var backend = await RunningBackend.StartAsync(_behindFrontEnd);
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        var line = $"{CallerCertificate.Header}: {Header(leaf).Value}\r\n";
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, backend.Plain.Port, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());

        // HttpClient would write one line.
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /whoami HTTP/1.1\r\nHost: orders\r\nConnection: close\r\n{Proto}: https\r\n{line}{line}\r\n"), TestContext.Current.CancellationToken);

        Assert.Contains("certificate-unreadable", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TlsCertificate_BehindAFrontEnd_IsNotLookedAt()
    {
        await using var backend = await RunningBackend.StartAsync(_behindFrontEnd);
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        using var caller = new Caller(backend.Secure, leaf);

        Assert.Equal("certificate-missing", (await caller.GetAsync("/whoami")).Slug);
    }

    [Fact]
    public async Task Header_WhereNobodyMaySetIt_IsForged()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        using var caller = new Caller(backend.Secure);

        var answer = await caller.GetAsync("/gateway", Header(leaf));

        Assert.Equal((401, "certificate-header-forged"), (answer.Status, answer.Slug));
        Assert.Equal(["plain: certificate-header-forged"], backend.Calls);
        Assert.Equal(1, backend.ForgedHeaders);
    }

    [Fact]
    public async Task Header_WherePermissive_IsDroppedAndTheCallPlain()
    {
        await using var backend = await RunningBackend.StartAsync(new() { Source = MeshCallerSource.Tls, Mode = MeshMode.Permissive });
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        using var caller = new Caller(backend.Plain);

        Assert.Equal("plain 0", (await caller.GetAsync("/gateway", Header(leaf))).Body);
        Assert.Equal(["plain: permitted"], backend.Calls);
        Assert.Equal(1, backend.ForgedHeaders);
    }

    [Fact]
    public async Task Header_BesideATlsCertificate_IsDroppedAndTheCallersOwnCounts()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var leaf = backend.Authority.Issue("gateway", backend.Time.GetUtcNow());
        using var caller = new Caller(backend.Secure, backend.Authority.Issue("customers", backend.Time.GetUtcNow()));

        Assert.Equal("spiffe://contoso.internal/customers 0", (await caller.GetAsync("/whoami", Header(leaf))).Body);
        Assert.Equal(1, backend.ForgedHeaders);
    }

    [Theory]
    [InlineData(null, null, MeshCallerSource.Tls)]
    [InlineData("true", "Required", MeshCallerSource.FrontEnd)]
    [InlineData("True", "required", MeshCallerSource.FrontEnd)]
    [InlineData("true", "Optional", MeshCallerSource.Tls)]
    [InlineData("true", "OptionalInteractiveUser", MeshCallerSource.Tls)]
    [InlineData("true", null, MeshCallerSource.Tls)]
    [InlineData("false", "Required", MeshCallerSource.Tls)]
    [InlineData(null, "Required", MeshCallerSource.Tls)]
    public void SourceIn_Environment_IsTheFrontEndOnlyWhereItDemandsCertificates(string? isEnabled, string? mode, MeshCallerSource source) =>
        Assert.Equal(source, MeshCallerOptions.SourceIn(name => name == "WEBSITE_CLIENT_CERT_ENABLED" ? isEnabled : name == "WEBSITE_CLIENT_CERT_MODE" ? mode : null));

    private static (string Name, string Value) Header(X509Certificate2 certificate) => (CallerCertificate.Header, Convert.ToBase64String(certificate.RawData));
}
