using Gateway.Configuration;

namespace Gateway.Limits;

/// <summary>What a limit counts apart: consumer, address, route, claim x, header x.</summary>
internal sealed class LimitKeyForm : TextForm
{
    private static readonly string[] _words = ["consumer", "address", "route", "claim", "header"];

    public override string Expected => "one of: consumer, address, route, claim x, header x";

    public override Parsed Parse(string text) => Find(text) is { } key ? new(key) : text.Split(' ', 2)[0] switch
    {
        "claim" or "header" => Parsed.Fail($"'{text}' names no {text.Split(' ')[0]}.", $"Write its one name: {text.Split(' ')[0]} x."),
        _ when text.ContainsAny(',', ' ') => Parsed.Fail($"'{text}' is not one thing to count by.", "For several write a mapping: { rate: 100 per 10s, by: [address, route] }."),
        _ => Parsed.Fail($"'{text}' is nothing to count by.", NearestName.Mend(text, _words, "")),
    };

    internal static LimitKeyConfig? Find(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["consumer"] => new(LimitKeyKind.Consumer),
        ["address"] => new(LimitKeyKind.Address),
        ["route"] => new(LimitKeyKind.Route),
        ["claim", var name] => new(LimitKeyKind.Claim, name),
        ["header", var name] => new(LimitKeyKind.Header, name.ToLowerInvariant()),
        _ => null,
    };
}
