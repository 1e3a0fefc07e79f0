using System.Security.Cryptography.X509Certificates;
using Azure.Data.Tables;
using Azure.Security.KeyVault.Secrets;
using Mesh.Local;
using Records.Trust;

namespace Benchmarks.SideBySide.Surroundings;

/// <summary>A certificate of the local mesh in files, for programs that know nothing of the mesh.</summary>
/// <param name="Leaf">The certificate and its key, in PEM.</param>
/// <param name="Roots">The authorities of the mesh, in PEM.</param>
internal sealed record MeshPapers(string Leaf, string Roots)
{
    /// <summary>Takes the certificate of this service; false while there is none.</summary>
    public async Task<bool> TryWriteAsync(string membership, string service, CancellationToken cancellation)
    {
        using var clients = new LocalClients(membership, TimeProvider.System);
        if (await NewestBundleAsync(clients.Tables, cancellation) is not { } bundle || bundle.Workloads.Any(static workload => workload.InUse is null))
        {
            return false;
        }

        KeyVaultSecret secret = await clients.Vault.GetSecretAsync(service, bundle.Workload(service)!.InUse!.Version, cancellationToken: cancellation);
        using var certificate = Load(secret);
        await File.WriteAllTextAsync(Leaf, $"{certificate.ExportCertificatePem()}\n{KeyOf(certificate)}\n", cancellation);
        await File.WriteAllLinesAsync(Roots, bundle.Roots.Select(static root => PemOf(root.Certificate)), cancellation);
        return true;
    }

    private static async Task<TrustBundle?> NewestBundleAsync(TableServiceClient tables, CancellationToken cancellation)
    {
        // The newest comes first.
        await foreach (var row in tables.GetTableClient(BundleRow.Table).QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellation))
        {
            return BundleRow.FromRow(new Dictionary<string, object>(row)).Record is { } bundle ? TrustBundleFormat.Read(bundle.Document).Bundle : null;
        }

        return null;
    }

    private static X509Certificate2 Load(KeyVaultSecret secret) => secret.Properties.ContentType == "application/x-pem-file"
        ? X509Certificate2.CreateFromPem(secret.Value, secret.Value)
        : X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(secret.Value), password: null, X509KeyStorageFlags.Exportable | X509KeyStorageFlags.EphemeralKeySet);

    private static string KeyOf(X509Certificate2 certificate) =>
        certificate.GetECDsaPrivateKey()?.ExportPkcs8PrivateKeyPem() ?? certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem();

    private static string PemOf(byte[] der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return certificate.ExportCertificatePem();
    }
}
