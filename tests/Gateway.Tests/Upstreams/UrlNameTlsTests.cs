using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Upstreams;

/// <summary>A client's Host goes to the service and decides nothing about whose certificate is good.</summary>
public sealed class UrlNameTlsTests : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate = Certificate("localhost");
    private readonly List<string?> _names = [];
    private WebApplication _service = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
            https.ServerCertificateSelector = (_, name) =>
            {
                lock (_names)
                {
                    _names.Add(name);
                }

                return _certificate;
            })));
        _service = builder.Build();
        _service.Run(context => context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Host}"));
        await _service.StartAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(2, HttpVersionPolicy.RequestVersionOrLower, "HTTP/2")]
    [InlineData(2, HttpVersionPolicy.RequestVersionExact, "HTTP/2")]
    [InlineData(1, HttpVersionPolicy.RequestVersionExact, "HTTP/1.1")]
    public async Task Connection_UnderAClientsHost_IsSecuredForTheUrls(int major, HttpVersionPolicy policy, string protocol)
    {
        // Made by itself, so that nobody vouches for it; but the name has to be right.
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = new UrlNameTls((_, _, _, found) => found == SslPolicyErrors.RemoteCertificateChainErrors).ConnectAsync,
        };

        var answer = await SendAsync(handler, major, policy);

        Assert.Equal($"{protocol} evil.example", answer);
        Assert.Equal(["localhost"], _names);
    }

    [Theory]
    [InlineData("preserve")]
    [InlineData("evil.example")]
    public async Task Service_ThatSendsAnotherHost_IsAskedForByItsUrl(string host)
    {
        using var handler = new UpstreamHandlers().Create("shop", new() { Urls = [Url], Host = host });

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(handler, 2, HttpVersionPolicy.RequestVersionOrLower));

        // Nobody vouches for the certificate; that it was asked for by the right name is what counts here.
        Assert.IsType<AuthenticationException>(failure.InnerException);
        Assert.Equal(HttpRequestError.SecureConnectionError, failure.HttpRequestError);
        Assert.Equal(["localhost"], _names);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _certificate.Dispose();
    }

    private string Url => _service.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    private async Task<string> SendAsync(HttpMessageHandler handler, int major, HttpVersionPolicy policy)
    {
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, Url) { Version = new Version(major, major == 1 ? 1 : 0), VersionPolicy = policy };
        request.Headers.Host = "evil.example";
        using var answer = await invoker.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}
