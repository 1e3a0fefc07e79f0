using System.Security.Cryptography.X509Certificates;

namespace Mesh.Leaves;

/// <summary>A version of our own certificate with its key.</summary>
internal sealed record OwnLeaf(string Version, X509Certificate2 Certificate)
{
    /// <summary>Upper-case hexadecimal, as a bundle names it.</summary>
    public string Serial { get; } = Certificate.SerialNumber;

    public DateTimeOffset Expires { get; } = Certificate.NotAfter.ToUniversalTime();

    /// <summary>Never the certificate: records print their members.</summary>
    public override string ToString() => $"{Version} (serial {Serial}, until {Expires:O})";
}
