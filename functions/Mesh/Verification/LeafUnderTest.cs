using System.Security.Cryptography.X509Certificates;

namespace Mesh.Verification;

/// <summary>A leaf whose signature is good, and what it is measured by.</summary>
internal sealed record LeafUnderTest(X509Certificate2 Leaf, X509Certificate2 Root, string TrustDomain, VerificationLimits Limits);
