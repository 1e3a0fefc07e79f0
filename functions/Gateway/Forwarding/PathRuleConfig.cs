using Gateway.Configuration;

namespace Gateway.Forwarding;

/// <summary>The path that is sent. A plain text is a template.</summary>
[Plain(nameof(Template))]
public sealed record PathRuleConfig
{
    /// <summary>A template such as /internal/{id}.</summary>
    [NoKey]
    public string? Template { get; init; }

    /// <summary>A prefix that is cut off.</summary>
    public string? Strip { get; init; }

    /// <summary>A regular expression over the raw path; goes with <see cref="Replace"/>.</summary>
    public string? Pattern { get; init; }

    /// <summary>What the match is replaced by; $1 is the first group.</summary>
    public string? Replace { get; init; }
}
