using System.Security.Cryptography.X509Certificates;
using Mesh.Trust;

namespace Mesh.Tests;

/// <summary>Trust as a test sets it.</summary>
internal sealed class FakeTrust : ITrust
{
    public TrustView? View { get; set; }

    public X509Certificate2? Leaf { get; set; }

    public X509Certificate2? Candidate { get; set; }
}
