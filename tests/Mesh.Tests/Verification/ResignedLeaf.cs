using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Tests.Verification;

/// <summary>A leaf with what the platform's own builder refuses to write, signed again by its authority.</summary>
internal static class ResignedLeaf
{
    private static readonly Asn1Tag _version = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag _extensions = new(TagClass.ContextSpecific, 3, isConstructed: true);

    /// <param name="serial">Null: unchanged.</param>
    /// <param name="more">An extension to append, whether there is one of its kind or not.</param>
    /// <param name="hash">SHA-1 or SHA-256.</param>
    /// <param name="publicKey">DER bytes of a SubjectPublicKeyInfo. Null: unchanged.</param>
    public static byte[] Make(X509Certificate2 leaf, X509Certificate2 authority, BigInteger? serial = null, X509Extension? more = null, HashAlgorithmName? hash = null, byte[]? publicKey = null, int version = 3)
    {
        var hashName = hash ?? HashAlgorithmName.SHA256;
        var fields = new AsnReader(leaf.RawData, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        var body = new AsnWriter(AsnEncodingRules.DER);
        using (body.PushSequence())
        {
            WriteVersion(body, version);
            fields.ReadEncodedValue();
            body.WriteInteger(serial ?? new AsnReader(fields.PeekEncodedValue(), AsnEncodingRules.DER).ReadInteger());
            fields.ReadEncodedValue();
            WriteAlgorithm(body, hashName);
            fields.ReadEncodedValue();
            foreach (var _ in (string[])["issuer", "validity", "subject"])
            {
                body.WriteEncodedValue(fields.ReadEncodedValue().Span);
            }

            body.WriteEncodedValue(publicKey ?? fields.PeekEncodedValue().Span);

            WriteExtensions(body, leaf, more);
        }

        var signed = body.Encode();
        using var key = authority.GetECDsaPrivateKey()!;
        var certificate = new AsnWriter(AsnEncodingRules.DER);
        using (certificate.PushSequence())
        {
            certificate.WriteEncodedValue(signed);
            WriteAlgorithm(certificate, hashName);
            certificate.WriteBitString(key.SignData(signed, hashName, DSASignatureFormat.Rfc3279DerSequence));
        }

        return certificate.Encode();
    }

    private static void WriteVersion(AsnWriter writer, int version)
    {
        using (writer.PushSequence(_version))
        {
            writer.WriteInteger(version - 1);
        }
    }

    private static void WriteAlgorithm(AsnWriter writer, HashAlgorithmName hash)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(hash == HashAlgorithmName.SHA1 ? "1.2.840.10045.4.1" : "1.2.840.10045.4.3.2");
        }
    }

    private static void WriteExtensions(AsnWriter writer, X509Certificate2 leaf, X509Extension? more)
    {
        using (writer.PushSequence(_extensions))
        using (writer.PushSequence())
        {
            foreach (var extension in more is null ? leaf.Extensions : leaf.Extensions.Append(more))
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid!.Value!);
                    if (extension.Critical)
                    {
                        writer.WriteBoolean(true);
                    }

                    writer.WriteOctetString(extension.RawData);
                }
            }
        }
    }
}
