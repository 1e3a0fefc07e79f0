using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cli.Terminals;
using static Cli.Management.ManagementCommand;

namespace Cli.Management.Releases;

/// <summary>What the commands share that change which release serves: each looks first, and changes nothing when somebody else was quicker.</summary>
internal static partial class ReleasePointer
{
    private const string None = "none";

    public static readonly Option<string?> Expect = new("--expect")
    {
        Description = "Only if this release is current, or none is. Default: the one that gw has just seen.",
        HelpName = "ID|none",
    };

    public static readonly Option<string?> Note = new("--note") { Description = "Why, in a few words; gw releases shows it.", HelpName = "text" };

    /// <summary>What is current now. Before anything else: where --expect cannot be meant, nothing is tried.</summary>
    public static Task<ReleaseList> LookAsync(Call call)
    {
        if (call.Parsed.GetValue(Expect) is { } given and not None && !Id().IsMatch(given))
        {
            throw CommandException.Usage($"--expect: \"{given}\" is not the id of a release.", "Write an id as gw releases shows it, or none.");
        }

        return call.Api.GetAsync("releases?limit=1", ManagementJson.Default.ReleaseList, call.Cancel);
    }

    /// <summary>Moves the pointer to a release.</summary>
    public static Task<ReleaseMoved> MoveAsync(Call call, string release, ReleaseList seen)
    {
        var body = call.Parsed.GetValue(Note) is { } note ? new JsonObject { ["note"] = note } : null;
        return call.Api.PostAsync($"releases/{Calls.Segment(release, "release")}/activate", body, ManagementJson.Default.ReleaseMoved, call.Cancel, Expecting(call, seen));
    }

    /// <summary>Moves the pointer to no release.</summary>
    public static Task<ReleaseMoved> ClearAsync(Call call, ReleaseList seen) =>
        call.Api.DeleteAsync("releases/current", ManagementJson.Default.ReleaseMoved, call.Cancel, Expecting(call, seen));

    /// <summary>What a move replaces: "release 9f2c61d0b7a4 (since 3m 10s, by …)", or the packaged file.</summary>
    public static string Before(ReleaseList seen, string? replaced, DateTimeOffset now) => replaced switch
    {
        null => "the packaged file",
        _ when seen.Current is { } current && current.Release == replaced =>
            $"release {Terminal.Escape(replaced)} [grey](since {Durations.Age(now - current.At)}, by {Terminal.Escape(current.By)}{(current.Note is null ? "" : $": {Terminal.Escape(current.Note)}")})[/]",
        _ => $"release {Terminal.Escape(replaced)}",
    };

    private static Action<HttpRequestHeaders> Expecting(Call call, ReleaseList seen)
    {
        var given = call.Parsed.GetValue(Expect);
        var expected = given is null ? seen.Current?.Release : given == None ? null : given;
        return headers =>
        {
            if (expected is null)
            {
                headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
            }
            else
            {
                headers.IfMatch.Add(new($"\"{expected}\""));
            }
        };
    }

    [GeneratedRegex(@"\A[0-9a-f]{12,64}\z")]
    private static partial Regex Id();
}
