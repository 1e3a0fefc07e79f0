using Gateway.Errors;
using Gateway.Templates;

namespace Gateway.Composition;

/// <summary>Why a part failed.</summary>
internal enum PartFailureReason
{
    Timeout,
    Unreachable,
    Status,
    NotJson,
    TooLarge,
    MissingValue,
    Skipped,
}

/// <summary>How a part failed.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Status">Status of the service's answer; null without one.</param>
internal sealed record PartFailure(PartFailureReason Reason, int? Status = null)
{
    /// <summary>What the service's side said; for the problem of a required part.</summary>
    public GatewayError? Upstream { get; init; }

    /// <summary>The value that could not be filled in.</summary>
    public Filling? Filling { get; init; }

    /// <summary>As it is named in _errors.</summary>
    public string Slug => Reason switch
    {
        PartFailureReason.Timeout => "timeout",
        PartFailureReason.Unreachable => "unreachable",
        PartFailureReason.Status => "status",
        PartFailureReason.NotJson => "not-json",
        PartFailureReason.TooLarge => "too-large",
        PartFailureReason.MissingValue => "missing-value",
        _ => "skipped",
    };

    /// <summary>The refusal of the whole answer, when the part is required.</summary>
    public Failure ToFailure(string part)
    {
        var members = new List<KeyValuePair<string, object?>> { new("part", part) };
        if (Status is not null)
        {
            members.Add(new("upstream_status", Status));
        }

        // A value that the client left out, or that cannot be used, is the client's to mend.
        if (Filling is { At.Source: not TemplateSources.Parts } or { At: null, IsMalformed: true })
        {
            return Filling.Value.ToFailure() with { Members = members };
        }

        var error = Reason switch
        {
            PartFailureReason.Timeout => GatewayError.UpstreamTimeout,
            PartFailureReason.Unreachable => Upstream ?? GatewayError.UpstreamUnreachable,
            _ => GatewayError.PartFailed,
        };
        return new(error) { Detail = $"The part {part} failed: {Sentence}", Members = members, Headers = error.Describe().Status == 503 ? [new("Retry-After", "5")] : [] };
    }

    private string Sentence => Reason switch
    {
        PartFailureReason.Timeout => "its service did not answer in time.",
        PartFailureReason.Unreachable when Upstream is GatewayError.IdentityUnavailable => "the gateway could not get the token that its service wants.",
        PartFailureReason.Unreachable => "its service could not be reached, or broke off.",
        PartFailureReason.Status => $"its service answered {Status}.",
        PartFailureReason.NotJson => "its service's answer is not JSON.",
        PartFailureReason.TooLarge => "its service's answer is too large.",
        PartFailureReason.MissingValue => $"the {Filling?.At} is missing or cannot be used.",
        _ => "a part whose values it uses failed.",
    };
}
