using System.Globalization;
using ControlPlane.Releases;
using Microsoft.AspNetCore.Http;
using Records.Releases;

namespace ControlPlane.Management;

/// <summary>The operations on releases.</summary>
internal static class ReleaseRoutes
{
    private const int UsualLimit = 50;
    private const int MostReleases = 500;

    // A text of 1 MB as JSON: what is escaped takes more than it is.
    private const int BodyLimit = 4 * Release.MostBytes;

    public static IReadOnlyList<ManagementRoute> All { get; } =
    [
        new("addRelease", "POST", "/releases", AddAsync),
        new("listReleases", "GET", "/releases", ListAsync),
        new("showRelease", "GET", "/releases/{id}", FindAsync),
        new("activateRelease", "POST", "/releases/{id}/activate", ActivateAsync),
        new("clearRelease", "DELETE", "/releases/current", ClearAsync),
    ];

    private static Task<Answer> AddAsync(ManagementCall call) => call.WithBodyAsync(ManagementJson.Default.NewReleaseBody, null, async body => call.Of(
        await call.Releases.AddAsync(body.Text, call.Cancellation),
        added => Answer.Json(added.IsNew ? 201 : 200, added.Release, ManagementJson.Default.ReleaseState)), BodyLimit);

    private static async Task<Answer> ListAsync(ManagementCall call)
    {
        var query = call.Context.Request.Query;
        if (query.Any(parameter => parameter.Key is not "limit" || parameter.Value is not [{ Length: > 0 }]))
        {
            return call.Refuse(Problem.Invalid("The query takes limit, once and with a value."));
        }

        var limit = UsualLimit;
        if (query["limit"] is [{ } text] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostReleases))
        {
            return call.Refuse(Problem.Invalid($"limit must be a whole number from 1 to {MostReleases}."));
        }

        return call.Of(await call.Releases.ListAsync(limit, call.Cancellation), list => Answer.Json(200, list, ManagementJson.Default.ReleaseList));
    }

    private static async Task<Answer> FindAsync(ManagementCall call) =>
        call.Of(await call.Releases.FindAsync(call.Target, call.Cancellation), content => Answer.Json(200, content, ManagementJson.Default.ReleaseContent));

    private static Task<Answer> ActivateAsync(ManagementCall call) => call.WithBodyAsync(ManagementJson.Default.ActivationBody, new(null), body =>
        ExpectingAsync(call, expected => call.Releases.ActivateAsync(call.Target, expected, call.Who, body.Note, call.Cancellation)));

    private static Task<Answer> ClearAsync(ManagementCall call) => ExpectingAsync(call, expected => call.Releases.ClearAsync(expected, call.Who, call.Cancellation));

    private static async Task<Answer> ExpectingAsync(ManagementCall call, Func<ReleaseExpectation?, Task<Outcome<ReleaseMoved>>> move) => TryReadExpectation(call.Context.Request, out var expected)
        ? call.Of(await move(expected), moved => Answer.Json(200, moved, ManagementJson.Default.ReleaseMoved))
        : call.Refuse(Problem.Invalid("Send at most one of If-Match with the id of the current release in quotes, and If-None-Match: * when none is."));

    private static bool TryReadExpectation(HttpRequest request, out ReleaseExpectation? expected)
    {
        var (match, none) = (request.Headers.IfMatch, request.Headers.IfNoneMatch);
        var id = match is [['"', .. var inner, '"']] && Release.IsIdOrMore(inner) ? inner : null;
        expected = match.Count + none.Count == 0 ? null : new(id);
        return (match.Count, none.Count) switch
        {
            (0, 0) => true,
            (1, 0) => id is not null,
            (0, 1) => none[0] == "*",
            _ => false,
        };
    }
}
