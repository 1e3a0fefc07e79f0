using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mesh.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mesh.Tests.Local;

/// <summary>A vault on loopback that holds nothing and remembers who asked; and the file that leads to it.</summary>
internal sealed class TestVault : IAsyncDisposable
{
    public const string Token = "billing.token";

    private readonly string _folder = Directory.CreateTempSubdirectory("local-mesh-").FullName;
    private readonly X509Certificate2 _certificate = NewCertificate();
    private readonly WebApplication _app;

    private TestVault()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>What callers proved themselves with; empty where they did not.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The status for whoever proves himself.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    public string File => Path.Combine(_folder, "billing.json");

    public LocalMembership Membership => new()
    {
        Service = "billing",
        TrustDomain = "local.internal",
        Vault = new(_app.Urls.First()),
        VaultCertificate = _certificate.ExportCertificatePem(),
        Token = Token,
        Tables = "UseDevelopmentStorage=true",
        ConnectionAge = TimeSpan.FromMinutes(1),
    };

    public static async Task<TestVault> StartAsync()
    {
        var vault = new TestVault();
        await vault._app.StartAsync(TestContext.Current.CancellationToken);
        vault.Write(vault.Membership);
        return vault;
    }

    public static string AnotherCertificate()
    {
        using var another = NewCertificate();
        return another.ExportCertificatePem();
    }

    public void Write(LocalMembership membership) => Write(membership.ToText());

    public void Write(string text) => System.IO.File.WriteAllText(File, text);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task AnswerAsync(HttpContext context)
    {
        var proof = context.Request.Headers.Authorization.ToString();
        Asked.Enqueue(proof);
        if (proof.Length == 0)
        {
            // The domain of the real vaults, which this address is not in.
            context.Response.Headers.WWWAuthenticate = "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-4000-8000-000000000001\", resource=\"https://vault.azure.net\"";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(new { value = Array.Empty<object>() });
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
