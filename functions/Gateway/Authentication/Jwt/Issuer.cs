namespace Gateway.Authentication.Jwt;

/// <summary>An issuer of the configuration with its live state. One object for the same settings, also after a reload.</summary>
internal sealed class Issuer(string name, IssuerConfig config, IssuerKeys keys)
{
    public string Name => name;

    public IssuerConfig Config => config;

    public IssuerKeys Keys => keys;

    /// <summary>False: a token that names this iss cannot be this issuer's, whatever its discovery document says. Costs no fetch.</summary>
    public bool MayHaveIssued(string iss) => config.Issuer is { } stated ? stated == iss : IssuerAddress.MaySpeakFor(config.Authority, iss);

    /// <summary>Whether iss is what tokens of this issuer carry.</summary>
    public bool HasIssued(string iss, IssuerDocument document) => (config.Issuer ?? document.Issuer) == iss;
}
