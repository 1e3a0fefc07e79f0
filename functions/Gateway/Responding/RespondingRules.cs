using Gateway.Configuration;
using Gateway.Templates;

namespace Gateway.Responding;

/// <summary>What makes a respond or a redirect wrong.</summary>
internal sealed class RespondingRules : IConfigRule
{
    private static readonly int[] _redirects = [301, 302, 303, 307, 308];

    public IEnumerable<ConfigError> Check(GatewayConfig config) =>
    [
        .. SettingsLevel.AllOf(config).SelectMany(level => Respond([.. level.Path, "respond"], level.Settings.Respond)),
        .. SettingsLevel.AllOf(config).SelectMany(level => Redirect([.. level.Path, "redirect"], level.Settings.Redirect)),
        .. PathValues.Check(config, settings => settings.Redirect is { } redirect && RedirectStage.TryParse(redirect.To, out var to, out _)
            ? [new(["redirect", "to"], to!.Insertions)]
            : []),
    ];

    private static IEnumerable<ConfigError> Respond(IReadOnlyList<string> path, RespondConfig? respond)
    {
        if (respond is null)
        {
            yield break;
        }

        if (respond.Status is < 200 or > 599)
        {
            yield return new([.. path, "status"], $"{respond.Status} is not a status to answer with.", "Write 200 to 599.");
        }

        if (respond.Json is not null && respond.Text is not null)
        {
            yield return new([.. path, "text"], "Both json and text stand here.", "Keep one of them.") { AtKey = true };
        }

        // RFC 9110 §15.3.5, §15.4.5
        if (respond.Status is 204 or 205 or 304 && (respond.Json is not null || respond.Text is not null))
        {
            yield return new([.. path, "status"], $"An answer with status {respond.Status} has no body.", "Remove json or text, or use another status.");
        }

        foreach (var error in FieldNames.CheckAnswered(path, new(respond.Headers, [])))
        {
            yield return error with { Path = [.. path, "headers", .. error.Path.Skip(path.Count + 1)] };
        }
    }

    private static IEnumerable<ConfigError> Redirect(IReadOnlyList<string> path, RedirectConfig? redirect)
    {
        if (redirect is null)
        {
            yield break;
        }

        if (!_redirects.Contains(redirect.Status))
        {
            yield return new([.. path, "status"], $"{redirect.Status} is not a status of a redirect.", "Write 301, 302, 303, 307 or 308.");
        }

        if (!RedirectStage.TryParse(redirect.To, out _, out var problem))
        {
            yield return new([.. path, "to"], problem!, "Write a path or an absolute url, such as /items/{query.id}.");
        }
    }
}
