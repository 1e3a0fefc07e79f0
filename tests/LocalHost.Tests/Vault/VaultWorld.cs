using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Security.KeyVault.Certificates;
using Azure.Security.KeyVault.Secrets;
using ControlPlane.Vault;
using LocalHost.Vault;
using LocalHost.Vault.Access;
using LocalHost.Vault.Faults;
using Mesh.Local;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalHost.Tests.Vault;

/// <summary>One local vault in a folder of its own, and what reaches it.</summary>
public sealed class VaultWorld : IAsyncLifetime
{
    /// <summary>May do everything with certificates and keys, and read no secret.</summary>
    public const string Officer = "control-plane";

    /// <summary>May read secrets.</summary>
    public const string Workload = "gateway";

    /// <summary>May do everything.</summary>
    public const string Admin = "admin";

    private readonly string _root = Directory.CreateTempSubdirectory("local-vault-").FullName;
    private readonly List<IDisposable> _opened = [];
    private LocalFolder? _folder;
    private LocalVault? _vault;

    public Uri Address => _vault!.Address;

    internal LocalFolder Folder => _folder!;

    internal VaultFaults Faults => _vault!.Faults;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder = LocalFolder.Open(Path.Combine(_root, "local"), fresh: false);
        _vault = await StartAsync("main");
    }

    /// <summary>Starts another vault in the same folder.</summary>
    internal Task<LocalVault> StartAsync(string name) => LocalVault.StartAsync(
        new(name, 0, new VaultAccessRules()
            .With(Officer, VaultRole.CertificatesOfficer, VaultRole.CryptoOfficer)
            .With(Workload, VaultRole.SecretsUser)
            .With(Admin, VaultRole.CertificatesOfficer, VaultRole.CryptoOfficer, VaultRole.SecretsOfficer)),
        new(_folder!, NullLoggerFactory.Instance, TimeProvider.System),
        Cancellation);

    /// <summary>Stops the vault and starts it again from what is in the folder.</summary>
    public async Task RestartAsync()
    {
        await _vault!.DisposeAsync();
        _vault = await StartAsync("main");
    }

    internal LocalVaultAccess As(string principal) => Opened(new LocalVaultAccess(_folder!, principal, TimeProvider.System));

    public CertificateClient Certificates(string principal = Admin, int retries = 3) => As(principal).Certificates(Address, options => Hasten(options, retries));

    public SecretClient Secrets(string principal = Admin, int retries = 3) => As(principal).Secrets(Address, options => Hasten(options, retries));

    public VaultKeys Keys(string principal = Officer, int retries = 3) => As(principal).Keys(Address, options => Hasten(options, retries));

    /// <summary>A client of the bare protocol.</summary>
    public HttpClient Http(string? principal = Admin)
    {
        var client = Opened(new HttpClient(PinnedHandler.For(LoopbackCertificate.PemOf(_folder!))) { BaseAddress = Address });
        client.DefaultRequestHeaders.Authorization = principal is null ? null : new("Bearer", new VaultTokens(_folder!).TokenFor(principal));
        return client;
    }

    /// <summary>A call of the bare protocol: its status and its body.</summary>
    public async Task<(int Status, JsonObject Body)> CallAsync(HttpMethod method, string path, JsonObject? body = null, string principal = Admin)
    {
        using var request = new HttpRequestMessage(method, $"{path}?api-version=7.6") { Content = body is null ? null : JsonContent.Create(body, new MediaTypeHeaderValue("application/json")) };
        using var answer = await Http(principal).SendAsync(request, Cancellation);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentLength is 0 ? [] : (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!);
    }

    public async ValueTask DisposeAsync()
    {
        _opened.ForEach(one => one.Dispose());
        await _vault!.DisposeAsync();
        _folder!.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>Retries that do not wait.</summary>
    internal static void Hasten(ClientOptions options, int retries)
    {
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
    }

    private T Opened<T>(T one)
        where T : IDisposable
    {
        _opened.Add(one);
        return one;
    }
}
