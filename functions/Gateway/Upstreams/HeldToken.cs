using Azure.Core;

namespace Gateway.Upstreams;

/// <summary>A token as it stands in Authorization, and until when.</summary>
/// <param name="Field">The field's value.</param>
/// <param name="RefreshAt">From then on another one is asked for, while this one is still used.</param>
/// <param name="EndsAt">From then on it is not used: clocks differ, and the call takes its time.</param>
internal sealed record HeldToken(string Field, DateTimeOffset RefreshAt, DateTimeOffset EndsAt)
{
    private static readonly TimeSpan _early = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(30);

    /// <summary>Null: the token cannot be used, or not for any time.</summary>
    public static HeldToken? Of(AccessToken token, DateTimeOffset now)
    {
        var life = token.ExpiresOn - now;
        // RFC 6750 §2.1: what is no token68 would end the field, or begin another.
        if (life <= TimeSpan.Zero || string.IsNullOrEmpty(token.Token) || token.Token.Any(letter => letter is <= ' ' or > '~'))
        {
            return null;
        }

        var early = token.ExpiresOn - Shorter(_early, life / 5);
        return new($"Bearer {token.Token}", token.RefreshOn is { } said && said < early ? said : early, token.ExpiresOn - Shorter(_margin, life / 10));
    }

    public override string ToString() => $"a token until {EndsAt:O}";

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
