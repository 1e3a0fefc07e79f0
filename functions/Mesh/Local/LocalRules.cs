using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Data.Tables;

namespace Mesh.Local;

/// <summary>What makes a local membership wrong. A token must go to nobody but a vault of this machine.</summary>
internal static class LocalRules
{
    private const string OnlyHere = "A local mesh is on this machine only: take the file as the local host wrote it, or set Mesh:Vault and Mesh:Tables instead of Mesh:Local.";

    /// <summary>Mistakes of the file, each with its mend.</summary>
    public static IEnumerable<string> Check(LocalMembership membership)
    {
        if (membership.Format != LocalMembership.CurrentFormat)
        {
            yield return $"has format {membership.Format}, and this release of the mesh reads {LocalMembership.CurrentFormat}. Build the backend and the local host from the same sources.";
        }

        if (!IsHere(membership.Vault, "https"))
        {
            yield return $"has the vault {membership.Vault}, which is no https address of this machine. {OnlyHere}";
        }

        if (!IsCertificate(membership.VaultCertificate))
        {
            yield return "has a vaultCertificate that cannot be read. Start the local host again, which writes the file anew.";
        }

        // Never what it says: a connection string holds a key.
        if (AddressOf(membership.Tables) is not { } tables || !IsHere(tables, "http", "https"))
        {
            yield return $"has tables that are not on this machine. {OnlyHere}";
        }
    }

    /// <summary>What the settings say that contradicts the file.</summary>
    public static IEnumerable<string> Check(LocalMembership membership, MeshOptions options)
    {
        if (options.Service != membership.Service)
        {
            yield return $"is of {membership.Service}, and Mesh:Service is {options.Service}. Use the file of {options.Service}, or remove Mesh:Service here.";
        }

        if (options.TrustDomain != membership.TrustDomain)
        {
            yield return $"is of the mesh {membership.TrustDomain}, and Mesh:TrustDomain is {options.TrustDomain}. Use the same name there and in the gateway's configuration, or remove Mesh:TrustDomain here.";
        }
    }

    // By name: what else resolves to an address of this machine is the resolver's to say, and it may change its mind.
    private static bool IsHere(Uri address, params string[] schemes) =>
        address.IsAbsoluteUri && schemes.Contains(address.Scheme)
        && (address.Host == "localhost" || (IPAddress.TryParse(address.DnsSafeHost, out var number) && IPAddress.IsLoopback(number)));

    private static Uri? AddressOf(string connection)
    {
        try
        {
            return new TableServiceClient(connection).Uri;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsCertificate(string pem)
    {
        try
        {
            X509Certificate2.CreateFromPem(pem).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
