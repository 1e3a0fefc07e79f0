using System.Security.Cryptography.X509Certificates;

namespace Mesh.Leaves;

/// <summary>The vault of a workload, which holds its certificate with the key.</summary>
internal interface ILeafVault
{
    /// <summary>Loads one version with its key.</summary>
    /// <exception cref="LeafUnavailableException">It cannot be had, or is no certificate with a key.</exception>
    Task<X509Certificate2> LoadAsync(string service, string version, CancellationToken cancellation);
}
