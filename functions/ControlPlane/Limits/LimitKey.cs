using System.Net;
using Records;

namespace ControlPlane.Limits;

/// <summary>Whose tokens an operator asks about, read from words such as "consumer acme", "address 10.0.0.1" or "acme".</summary>
internal static class LimitKey
{
    /// <summary>
    /// The parts as the rows' keys have them, in the order given. A part without a known first word is a consumer's name; claim and header
    /// alone are those of requests that have none.
    /// </summary>
    public static Outcome<IReadOnlyList<string>> Read(IReadOnlyList<string> parts)
    {
        var read = new List<string>(parts.Count);
        foreach (var part in parts)
        {
            var (text, refusal) = ReadPart(part);
            if (text is null)
            {
                return refusal!;
            }

            read.Add(text);
        }

        return new(read, null);
    }

    private static Outcome<string> ReadPart(string part) => part.Split(' ', 2) switch
    {
        _ when string.IsNullOrWhiteSpace(part) => FieldRules.Invalid("key has an empty part. Leave key out for a limit that counts everything together."),
        ["consumer", { Length: > 0 } name] => LimitKeyText.Consumer(name),
        ["route", { Length: > 0 } name] => LimitKeyText.Route(name),
        ["address", { Length: > 0 } text] => ReadAddress(text),
        ["claim" or "header", ..] words => LimitKeyText.Value(words[0], words.Length > 1 ? words[1] : null),
        ["consumer" or "route" or "address", ..] words =>
            FieldRules.Invalid($"key: {words[0]} names nothing. Write \"{words[0]} x\" as one part; for a consumer of that name \"consumer {words[0]}\"."),
        _ => LimitKeyText.Consumer(part),
    };

    private static Outcome<string> ReadAddress(string text)
    {
        var network = text.EndsWith("/64", StringComparison.Ordinal) && text.Contains(':', StringComparison.Ordinal) ? text[..^3] : text;
        // The parser also takes 10.1 and 010.0.0.1, and guesses.
        return IPAddress.TryParse(network, out var address) && (network.Contains(':', StringComparison.Ordinal) || address.ToString() == network)
            ? LimitKeyText.Address(address)
            : FieldRules.Invalid("key: address needs an IPv4 or IPv6 address, such as 10.0.0.1 or 2001:db8::1.");
    }
}
