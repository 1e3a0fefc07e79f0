using System.Security.Cryptography;

namespace ControlPlane.Authority;

/// <summary>Serial numbers of certificates: unguessable, positive, and of one length, so that every tool writes them alike (RFC 5280 §4.1.2.2).</summary>
internal static class SerialNumbers
{
    private const int Bytes = 16;

    public static byte[] Draw()
    {
        var serial = RandomNumberGenerator.GetBytes(Bytes);
        // The sign bit off, and the one after it on: neither negative nor shortened.
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
