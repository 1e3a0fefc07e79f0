namespace Records;

/// <summary>Numbers in base 62, most significant digit first: 0–9, A–Z, a–z.</summary>
internal static class Base62
{
    public const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static bool IsDigit(char character) => char.IsAsciiLetterOrDigit(character);

    /// <summary>Writes the number with as many digits as there is room; what does not fit is left out at the front.</summary>
    public static void Write(ulong number, Span<char> digits)
    {
        for (var at = digits.Length - 1; at >= 0; at--)
        {
            (number, var digit) = Math.DivRem(number, 62);
            digits[at] = Alphabet[(int)digit];
        }
    }
}
