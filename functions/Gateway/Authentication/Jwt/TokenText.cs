using System.Buffers;
using System.Buffers.Text;

namespace Gateway.Authentication.Jwt;

/// <summary>A token as text: three segments of canonical base64url, no longer than allowed. Says nothing yet of what they hold.</summary>
/// <remarks>
/// Canonical means: the alphabet of RFC 4648 §5, no padding, no white space, unused bits zero (RFC 7515 §2). There is then one text for
/// one content, which makes the text's hash a sound key for remembering tokens.
/// </remarks>
internal readonly record struct TokenText
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly SearchValues<char> _alphabet = SearchValues.Create(Letters);

    private readonly int _headerEnd;
    private readonly int _payloadEnd;

    private TokenText(string value, int headerEnd, int payloadEnd) => (Value, _headerEnd, _payloadEnd) = (value, headerEnd, payloadEnd);

    public string Value { get; }

    public ReadOnlySpan<char> Header => Value.AsSpan(0, _headerEnd);

    public ReadOnlySpan<char> Payload => Value.AsSpan(_headerEnd + 1, _payloadEnd - _headerEnd - 1);

    public ReadOnlySpan<char> Signature => Value.AsSpan(_payloadEnd + 1);

    /// <summary>What the signature is over (RFC 7515 §5.2, step 8).</summary>
    public ReadOnlySpan<char> SigningInput => Value.AsSpan(0, _payloadEnd);

    /// <summary>False: the text is not a token that anybody need look at. Never throws.</summary>
    public static bool TryParse(string value, long maxLength, out TokenText token)
    {
        token = default;
        if (value.Length > maxLength)
        {
            return false;
        }

        var headerEnd = value.IndexOf('.', StringComparison.Ordinal);
        var payloadEnd = headerEnd < 0 ? -1 : value.IndexOf('.', headerEnd + 1);
        if (headerEnd < 1 || payloadEnd < 0 || payloadEnd == value.Length - 1)
        {
            return false;
        }

        token = new(value, headerEnd, payloadEnd);
        return IsCanonical(token.Header) && IsCanonical(token.Payload) && IsCanonical(token.Signature); // a fourth segment's dot fails here
    }

    /// <summary>The bytes of one segment.</summary>
    public static byte[] Decode(ReadOnlySpan<char> segment) => Base64Url.DecodeFromChars(segment);

    /// <summary>True: the one way to write these bytes.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> segment) => !segment.ContainsAnyExcept(_alphabet) && (segment.Length % 4) switch
    {
        0 => true,
        2 => (Letters.IndexOf(segment[^1], StringComparison.Ordinal) & 0b1111) == 0,
        3 => (Letters.IndexOf(segment[^1], StringComparison.Ordinal) & 0b0011) == 0,
        _ => false,
    };
}
