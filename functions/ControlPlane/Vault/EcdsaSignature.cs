using System.Formats.Asn1;

namespace ControlPlane.Vault;

/// <summary>ECDSA signatures from the form that vaults write to the one that certificates hold.</summary>
internal static class EcdsaSignature
{
    /// <param name="rAndS">Both numbers in equal length, one after the other (IEEE P1363).</param>
    /// <returns>SEQUENCE { r INTEGER, s INTEGER } (RFC 3279 §2.2.3).</returns>
    public static byte[] ToDer(ReadOnlySpan<byte> rAndS)
    {
        if (rAndS.Length == 0 || rAndS.Length % 2 != 0)
        {
            throw new FormatException($"An ECDSA signature has two numbers of equal length, not {rAndS.Length} bytes.");
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Trimmed(rAndS[..(rAndS.Length / 2)]));
            writer.WriteIntegerUnsigned(Trimmed(rAndS[(rAndS.Length / 2)..]));
        }

        return writer.Encode();
    }

    // DER allows no leading zero bytes but the one that keeps a number positive, which the writer adds itself.
    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> number)
    {
        var zeros = number.IndexOfAnyExcept((byte)0);
        return zeros < 0 ? number[^1..] : number[zeros..];
    }
}
