using System.Diagnostics.Metrics;

namespace Gateway.Authentication.ApiKeys;

/// <summary>Counts API keys that were refused, by reason.</summary>
internal sealed class ApiKeyMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _refused = meters.Create("ServerlessGateway")
        .CreateCounter<long>("gateway.api_keys.refused", "{key}", "API keys refused, by reason.");

    public void Refused(ApiKeyRefusal reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", NameOf(reason)));

    private static string NameOf(ApiKeyRefusal reason) => reason switch
    {
        ApiKeyRefusal.Ambiguous => "ambiguous",
        ApiKeyRefusal.Shape => "shape",
        ApiKeyRefusal.CheckDigits => "check-digits",
        ApiKeyRefusal.Forged => "forged",
        ApiKeyRefusal.Unknown => "unknown",
        ApiKeyRefusal.Secret => "secret",
        ApiKeyRefusal.Ended => "ended",
        ApiKeyRefusal.Suspended => "suspended",
        ApiKeyRefusal.Unavailable => "unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Add the new reason to this table."),
    };
}

/// <summary>Why a key was refused: for the operator's metrics; the client learns less.</summary>
internal enum ApiKeyRefusal
{
    /// <summary>Several different keys in one request.</summary>
    Ambiguous,

    /// <summary>Not the form of a key.</summary>
    Shape,

    /// <summary>Mistyped or cut.</summary>
    CheckDigits,

    /// <summary>The id was not given out by us.</summary>
    Forged,

    /// <summary>No such key, or its consumer is gone.</summary>
    Unknown,

    /// <summary>The id is known, the secret is another.</summary>
    Secret,

    /// <summary>Revoked or expired.</summary>
    Ended,

    /// <summary>The consumer is suspended.</summary>
    Suspended,

    /// <summary>Storage does not answer and nothing usable is cached.</summary>
    Unavailable,
}
