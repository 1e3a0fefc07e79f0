using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Tests.Callers;

/// <summary>A client over a real socket, with a certificate or without, that takes any server.</summary>
internal sealed class Caller : IDisposable
{
    private readonly HttpClient _client;

    public Caller(Uri server, X509Certificate2? certificate = null, Version? version = null)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions =
            {
                ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, [], offline: true),
                RemoteCertificateValidationCallback = (_, presented, _, _) =>
                {
                    Seen.Add(((X509Certificate2)presented!).SerialNumber);
                    return presented is not null;
                },
            },
        };
        _client = new(handler)
        {
            BaseAddress = server,
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    /// <summary>Serial of the server's certificate, once for each connection that was made.</summary>
    public List<string> Seen { get; } = [];

    public async Task<CallerAnswer> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = _client.DefaultRequestVersion, VersionPolicy = _client.DefaultVersionPolicy };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return new(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Version);
    }

    public void Dispose() => _client.Dispose();
}
