namespace Gateway.Errors;

/// <summary>A refusal as a value: what failed here, and what the client is told beside the table's row.</summary>
internal sealed record Failure(GatewayError Error)
{
    /// <summary>One sentence on this occurrence. Unset: the row's title says enough. Never holds a secret or an internal name.</summary>
    public string? Detail { get; init; }

    /// <summary>Members of the problem's own, such as violated-policies; JSON-ready values.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Members { get; init; } = [];

    /// <summary>Header fields of the answer, such as Allow, WWW-Authenticate and Retry-After; a name may come twice.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
