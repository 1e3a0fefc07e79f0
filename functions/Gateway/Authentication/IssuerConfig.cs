namespace Gateway.Authentication;

/// <summary>An issuer of JSON Web Tokens, found through OpenID Connect discovery.</summary>
public sealed record IssuerConfig
{
    /// <summary>Base address: discovery is at /.well-known/openid-configuration below it. https, or http on loopback.</summary>
    public required string Authority { get; init; }

    /// <summary>Audiences, one of which the token must name.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>What the token's iss must be. Unset: what discovery says.</summary>
    public string? Issuer { get; init; }

    /// <summary>Signature algorithms that are accepted. Default RS256.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = ["RS256"];

    /// <summary>Values of typ that are accepted, without regard to case. Default at+jwt and JWT.</summary>
    public IReadOnlyList<string> Types { get; init; } = ["at+jwt", "JWT"];

    /// <summary>Largest token, in bytes of its text. Default 16KB.</summary>
    public ByteSize MaxToken { get; init; } = ByteSize.FromKilobytes(16);

    /// <summary>Claims that hold the scopes: a space-separated text or an array. Default scope and scp.</summary>
    public IReadOnlyList<string> ScopesFrom { get; init; } = ["scope", "scp"];

    /// <summary>The claim that names the consumer. Default sub.</summary>
    public string Consumer { get; init; } = "sub";
}
