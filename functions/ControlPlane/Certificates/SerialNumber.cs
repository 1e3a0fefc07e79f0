namespace ControlPlane.Certificates;

/// <summary>Serial numbers of certificates, as operators write them.</summary>
internal static class SerialNumber
{
    // RFC 5280 §4.1.2.2: at most 20 octets.
    private const int Longest = 40;

    /// <summary>Upper-case hexadecimal without the colons that other tools put between the octets.</summary>
    public static Outcome<string> Read(string? text)
    {
        var digits = (text ?? "").Replace(":", "", StringComparison.Ordinal);
        return digits.Length is > 0 and <= Longest && digits.All(char.IsAsciiHexDigit)
            ? digits.ToUpperInvariant()
            : FieldRules.Invalid($"serial must be a certificate's serial number: 1 to {Longest} hexadecimal digits.");
    }
}
