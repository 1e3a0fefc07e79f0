using Gateway.Errors;

namespace Gateway.Templates;

/// <summary>A template filled in, or why it could not be.</summary>
internal readonly record struct Filling
{
    private Filling(string? text, Insertion? at, bool malformed) => (Text, At, IsMalformed) = (text, at, malformed);

    /// <summary>The text, encoded for its place. Null when the filling failed.</summary>
    public string? Text { get; }

    /// <summary>The insertion that failed; null when the text as a whole is at fault, or nothing is.</summary>
    public Insertion? At { get; }

    /// <summary>A value was there, and it cannot stand in this place.</summary>
    public bool IsMalformed { get; }

    /// <summary>A value is not there.</summary>
    public bool IsMissing => Text is null && !IsMalformed;

    public static Filling Of(string text) => new(text, null, false);

    public static Filling Missing(Insertion at) => new(null, at, false);

    public static Filling Malformed(Insertion? at) => new(null, at, true);

    /// <summary>The failure as a refusal of the request, for places that cannot do without the value.</summary>
    public Failure ToFailure() => new(GatewayError.MalformedRequest)
    {
        Detail = IsMissing ? $"The {At} is missing. Send it."
            : At is null ? "The values of this request do not make a path that can be sent. Send others."
            : $"The {At} holds a value that cannot be used here. Send another.",
    };
}
