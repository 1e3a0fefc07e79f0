using System.CommandLine;
using Cli.Terminals;

namespace Cli.Local;

/// <summary>gw token: a token of the local issuer, to try a route with.</summary>
internal static class TokenCommand
{
    private static readonly Option<string?> Subject = new("--subject") { Description = "Who the token is for. Default: the issuer's.", HelpName = "name" };
    private static readonly Option<string[]> Scopes = Switches.List("--scopes", "Scopes in the token.");
    private static readonly Option<string?> Audience = new("--audience") { Description = "Whom the token is meant for. Default: the issuer's.", HelpName = "name" };
    private static readonly Option<string?> Expires = new("--expires") { Description = "How long it is valid: 90s, 15m, 8h; --expires=-1m is over already. Default: the issuer's.", HelpName = "duration" };
    private static readonly Option<string?> Url = new("--url") { Description = "Address of the issuer. Default: ISSUER_URL, or what scripts/run wrote.", HelpName = "url" };

    public static Command Create(Shell shell)
    {
        var command = new Command("token", "Get a token from the local issuer.") { Subject, Scopes, Audience, Expires, Url };
        command.SetAction((parsed, cancel) => RunAsync(parsed, shell, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Shell shell, CancellationToken cancel)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("subject", parsed.GetValue(Subject));
        Add("scopes", string.Join(' ', Switches.Split(parsed.GetValue(Scopes))));
        Add("audience", parsed.GetValue(Audience));
        if (parsed.GetValue(Expires) is { } expires)
        {
            // one that is over is what a refusal is tried with
            var (sign, length) = expires.StartsWith('-') ? (-1, expires[1..]) : (1, expires);
            Add("expires", $"{sign * (long)Durations.Parse(length, "--expires").TotalSeconds}");
        }

        var terminal = new Terminal(shell);
        using var issuer = LocalIssuer.Find(shell, parsed.GetValue(Url));
        var answer = await issuer.TokenAsync(form, cancel);
        if (parsed.GetValue(Switches.Json))
        {
            terminal.Json(new IssuedToken(answer), LocalJson.Default.IssuedToken);
            return ExitCodes.Done;
        }

        terminal.Plain(answer);
        terminal.Note("Send it as \"Authorization: Bearer …\".");
        return ExitCodes.Done;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                form[name] = value;
            }
        }
    }
}
