using System.Collections.Frozen;
using System.Text.Json;
using Records;

namespace Gateway.Requests;

/// <summary>Who calls, as authentication found out.</summary>
internal sealed record Caller
{
    private string? _consumerKey;

    /// <summary>Nobody in particular: no credential was sent, and the route allows that.</summary>
    public static Caller Anonymous { get; } = new() { Kind = CallerKind.Anonymous };

    public required CallerKind Kind { get; init; }

    /// <summary>Name of the consumer: the key's, or issuer:value for a token. Null for anonymous.</summary>
    public string? Consumer
    {
        get;
        init => (field, _consumerKey) = (value, null);
    }

    /// <summary>The consumer as limits and their rows know it. Made once: a caller is kept for many requests.</summary>
    public string? ConsumerKey => Consumer is null ? null : _consumerKey ??= LimitKeyText.Consumer(Consumer);

    /// <summary>The plan that counts for this caller. Null: none.</summary>
    public string? Plan { get; init; }

    /// <summary>Scopes that the key or token carries.</summary>
    public IReadOnlySet<string> Scopes { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Groups of the consumer's record.</summary>
    public IReadOnlySet<string> Groups { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Public id of the API key (10 characters), for logs. Null without one.</summary>
    public string? KeyId { get; init; }

    /// <summary>Name of the token's issuer in the configuration. Null without a token.</summary>
    public string? Issuer { get; init; }

    /// <summary>The token's sub. Null without a token.</summary>
    public string? Subject { get; init; }

    /// <summary>The token's claims, a JSON object. Undefined without a token.</summary>
    public JsonElement Claims { get; init; }
}

/// <summary>By what a caller is known.</summary>
internal enum CallerKind
{
    Anonymous,
    ApiKey,
    Token,
}
