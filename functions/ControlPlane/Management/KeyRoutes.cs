using System.Globalization;
using ControlPlane.Keys;
using Records;

namespace ControlPlane.Management;

/// <summary>The operations on keys.</summary>
internal static class KeyRoutes
{
    public static IReadOnlyList<ManagementRoute> All { get; } =
    [
        new("listKeys", "GET", "/keys", ListAllAsync),
        new("listKeysOfConsumer", "GET", "/consumers/{name}/keys", ListAsync),
        new("createKey", "POST", "/consumers/{name}/keys", CreateAsync),
        new("rotateKey", "POST", "/keys/{id}/rotate", RotateAsync),
        new("revokeKey", "DELETE", "/keys/{id}", RevokeAsync),
    ];

    private static async Task<Answer> ListAllAsync(ManagementCall call) => List(await call.Keys.ListAllAsync(call.Cancellation));

    private static async Task<Answer> ListAsync(ManagementCall call) => call.Of(await call.Keys.ListAsync(call.Target, call.Cancellation), List);

    private static Task<Answer> CreateAsync(ManagementCall call) => call.WithBodyAsync(ManagementJson.Default.NewKeyBody, new(null, null, null, null), async body =>
    {
        if (!TryReadTime(body.Expires, out var expires))
        {
            return call.Refuse(Problem.Invalid("expires must be a time with its offset (RFC 3339), such as 2027-01-31T00:00:00Z."));
        }

        if (body.Kind is not (null or "live" or "test"))
        {
            return call.Refuse(Problem.Invalid("kind must be live or test."));
        }

        var key = new NewKey
        {
            Label = body.Label,
            Scopes = body.Scopes ?? [],
            Expires = expires,
            Kind = body.Kind == "test" ? ApiKeyKind.Test : ApiKeyKind.Live,
        };
        return Show(call, await call.Keys.CreateAsync(call.Target, key, call.Cancellation));
    });

    private static Task<Answer> RotateAsync(ManagementCall call) => call.WithBodyAsync(ManagementJson.Default.RotationBody, new(null), async body =>
    {
        var most = KeyDesk.LongestOverlap.TotalSeconds;
        if (body.OverlapSeconds is { } wanted && (wanted > most || wanted < 0 || !double.IsInteger(wanted)))
        {
            var problem = wanted > most ? "too large" : wanted < 0 ? "below zero" : "not a whole number";
            return call.Refuse(Problem.Invalid($"overlapSeconds is {problem}: give a whole number from 0 to {most} ({KeyDesk.LongestOverlap.TotalDays} days)."));
        }

        var overlap = body.OverlapSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : KeyDesk.DefaultOverlap;
        return Show(call, await call.Keys.RotateAsync(call.Target, overlap, call.Cancellation));
    });

    private static async Task<Answer> RevokeAsync(ManagementCall call) =>
        call.Of(await call.Keys.RevokeAsync(call.Target, call.Cancellation), _ => Answer.NoContent);

    private static Answer List(IReadOnlyList<ListedKey> keys) => Answer.Json(200, KeysAnswer.Of(keys), ManagementJson.Default.KeysAnswer);

    private static Answer Show(ManagementCall call, Outcome<IssuedKey> outcome) =>
        call.Of(outcome, issued => Answer.Json(201, KeyAnswer.Of(issued), ManagementJson.Default.KeyAnswer));

    // Not the parser of the JSON library: it takes a time without an offset and guesses one.
    private static bool TryReadTime(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (text is null)
        {
            return true;
        }

        string[] formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];
        if (!DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
        {
            return false;
        }

        time = parsed.ToUniversalTime();
        return true;
    }
}
