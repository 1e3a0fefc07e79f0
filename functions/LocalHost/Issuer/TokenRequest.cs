using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace LocalHost.Issuer;

/// <summary>What a token should say: read from a form or from JSON.</summary>
internal sealed record TokenRequest
{
    public const string DefaultAudience = "gateway";

    // More would leave what dates can hold; nobody needs as much.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>The token's sub. Default dev.</summary>
    public string Subject { get; init; } = "dev";

    /// <summary>Scopes, space-separated. Default none.</summary>
    public string Scopes { get; init; } = "";

    /// <summary>The token's aud. Default gateway.</summary>
    public string Audience { get; init; } = DefaultAudience;

    /// <summary>How long it is good for; below zero: it has expired already. Default one hour.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Further claims, as they shall stand in the token.</summary>
    public IReadOnlyDictionary<string, object> Claims { get; init; } = new Dictionary<string, object>();

    /// <summary>Reads { subject, scopes, audience, expires, claims }; the names of OAuth 2 (sub, scope, aud, expires_in) are understood too.</summary>
    /// <exception cref="FormatException">A member is not what it should be; the message says which.</exception>
    public static async Task<TokenRequest> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            if (request.HasFormContentType)
            {
                var form = await request.ReadFormAsync(cancellation);
                return From(form.ToDictionary(field => field.Key, field => JsonSerializer.SerializeToElement(field.Value.ToString()), StringComparer.Ordinal));
            }

            return request.ContentLength is 0 or null && !request.HasJsonContentType()
                ? new()
                : From(await JsonSerializer.DeserializeAsync<Dictionary<string, JsonElement>>(request.Body, cancellationToken: cancellation) ?? []);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The body is not a JSON object: {e.Message}");
        }
    }

    /// <summary>A duration: a number of seconds, or a number with s, m, h or d.</summary>
    internal static TimeSpan Duration(string text)
    {
        var unit = text.Length > 0 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 } : 0;
        var digits = unit == 0 ? text : text[..^1];

        // A number that is too large for any type is told apart from a text that is none.
        if (text.Length > 64 || !BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw new FormatException($"expires is \"{(text.Length > 64 ? $"{text[..64]}…" : text)}\"; write a number of seconds, or a number with s, m, h or d.");
        }

        var seconds = number * Math.Max(1, unit);
        return BigInteger.Abs(seconds) <= (long)Longest.TotalSeconds
            ? TimeSpan.FromSeconds((long)seconds)
            : throw new FormatException($"expires is \"{text}\", which is too far away; at most {Longest.TotalDays}d (a hundred years).");
    }

    private static TokenRequest From(Dictionary<string, JsonElement> members)
    {
        var request = new TokenRequest();
        foreach (var (name, value) in members)
        {
            request = name switch
            {
                "subject" or "sub" => request with { Subject = Text(name, value) },
                "scopes" or "scope" => request with { Scopes = value.ValueKind == JsonValueKind.Array ? string.Join(' ', value.EnumerateArray().Select(scope => Text(name, scope))) : Text(name, value) },
                "audience" or "aud" => request with { Audience = Text(name, value) },
                "expires" or "expires_in" => request with { Lifetime = Duration(value.ToString()) },
                "claims" => request with { Claims = ClaimsOf(value) },
                "grant_type" or "client_id" or "client_secret" => request,
                _ => throw new FormatException($"\"{name}\" is not known; subject, scopes, audience, expires and claims are."),
            };
        }

        return request;
    }

    private static string Text(string name, JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new FormatException($"{name} must be a text.");

    private static Dictionary<string, object> ClaimsOf(JsonElement value)
    {
        var claims = value.ValueKind == JsonValueKind.String ? JsonDocument.Parse(value.GetString()!).RootElement : value;
        return claims.ValueKind == JsonValueKind.Object
            ? claims.EnumerateObject().ToDictionary(claim => claim.Name, claim => (object)claim.Value, StringComparer.Ordinal)
            : throw new FormatException("claims must be a JSON object.");
    }
}
