using System.Security.Cryptography.X509Certificates;
using Mesh.Trust;
using Mesh.Verification;

namespace Mesh.Calls;

/// <summary>Judges whether a server is the service that is called.</summary>
internal sealed class ServerIdentity(ITrust trust, LeafVerifier verifier, TimeProvider time)
{
    public Verdict Judge(string service, X509Certificate? presented)
    {
        if (presented is null)
        {
            return Verdict.Refused(MeshRefusal.NoCertificate);
        }

        var verdict = verifier.Verify(presented.GetRawCertData(), trust.View, time.GetUtcNow());
        return verdict.Refusal is null && verdict.Proof!.Id.Service != service
            ? Verdict.Refused(MeshRefusal.WrongService, $"It is {verdict.Proof.Id}.", verdict.Proof)
            : verdict;
    }

    /// <summary>True: the certificate was revoked after it had been judged good.</summary>
    public bool IsRefused(string serial) => trust.View?.Bundle.Refuses(serial) == true;
}
