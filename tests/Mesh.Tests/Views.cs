using System.Security.Cryptography.X509Certificates;
using Mesh.Trust;
using Records.Trust;
using Tests.Shared;

namespace Mesh.Tests;

/// <summary>Trust bundles as tests need them.</summary>
internal static class Views
{
    public static TrustView Of(params MeshAuthority[] authorities) => Of([.. authorities.Select(authority => authority.Certificate)]);

    public static TrustView Of(params X509Certificate2[] roots) => Of(1, [], roots);

    public static TrustView Of(long sequence, IReadOnlyList<RefusedSerial> refused, params X509Certificate2[] roots)
    {
        IReadOnlyList<TrustRoot> trusted = [.. roots.Select(root => new TrustRoot { Certificate = root.RawData, KeyVersion = "1" })];
        return new(new()
        {
            TrustDomain = MeshAuthority.TrustDomain,
            Sequence = sequence,
            Issued = DateTimeOffset.UnixEpoch,
            Poll = TimeSpan.FromSeconds(15),
            MaxAge = TimeSpan.FromHours(1),
            Roots = trusted,
            Authority = trusted[0].Id,
            Refused = refused,
        });
    }
}
