using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Verification;

/// <summary>Reads the URIs among a certificate's alternative names (RFC 5280 §4.2.1.6), which the platform does not offer.</summary>
internal static class UriNames
{
    private const string AlternativeNames = "2.5.29.17";

    private static readonly Asn1Tag _uri = new(TagClass.ContextSpecific, 6);

    /// <exception cref="AsnContentException">The names are malformed.</exception>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate) =>
        [.. certificate.Extensions.Where(extension => extension.Oid?.Value == AlternativeNames).SelectMany(extension => Read(extension.RawData))];

    private static List<string> Read(byte[] extension)
    {
        var reader = new AsnReader(extension, AsnEncodingRules.DER);
        var names = reader.ReadSequence();
        reader.ThrowIfNotEmpty();

        var uris = new List<string>();
        while (names.HasData)
        {
            if (names.PeekTag().HasSameClassAndValue(_uri))
            {
                uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, _uri));
            }
            else
            {
                names.ReadEncodedValue();
            }
        }

        return uris;
    }
}
