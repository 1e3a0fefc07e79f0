using Gateway.Configuration;

namespace Gateway.Authentication;

/// <summary>Who may call: any of these credentials, and all of these conditions.</summary>
[Plain(nameof(Any))]
public sealed record AuthConfig
{
    /// <summary>Name of the credential "no credential at all".</summary>
    public const string Anonymous = "anonymous";

    /// <summary>Name of the credential "an API key".</summary>
    public const string ApiKey = "apiKey";

    /// <summary>Name of the credential "a workload of the mesh"; reserved.</summary>
    public const string Mesh = "mesh";

    /// <summary>Credentials, any of which is enough: anonymous, apiKey, or the names of issuers.</summary>
    public required IReadOnlyList<string> Any { get; init; }

    /// <summary>Scopes that the credential must carry. Unset: none.</summary>
    public RequirementConfig? Scopes { get; init; }

    /// <summary>Claims of the token, by name or by JSON pointer, and the values that each must hold.</summary>
    public IReadOnlyDictionary<string, RequirementConfig> Claims { get; init; } = new OrderedDictionary<string, RequirementConfig>();

    /// <summary>Groups of the consumer's record. Unset: none.</summary>
    public RequirementConfig? Groups { get; init; }

    /// <summary>Plans, one of which the consumer must have. Unset: any.</summary>
    public RequirementConfig? Plans { get; init; }
}
