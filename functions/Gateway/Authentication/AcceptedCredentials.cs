using Gateway.Authentication.Jwt;
using Gateway.Errors;
using Gateway.Requests;

namespace Gateway.Authentication;

/// <summary>Snapshot: which credentials one route accepts, in its order of preference.</summary>
internal sealed class AcceptedCredentials
{
    private readonly IReadOnlyList<string> _any;

    public AcceptedCredentials(EffectiveRoute route, IssuerRegistry issuers)
    {
        Config = route.Config;
        _any = route.Auth?.Any ?? [];
        Anonymous = _any.Contains(AuthConfig.Anonymous);
        Keys = _any.Contains(AuthConfig.ApiKey);

        // Also those that this route does not accept: a bad credential is refused wherever it is presented, and telling needs its issuer.
        Issuers = [.. Config.Issuers.OrderBy(issuer => Rank(issuer.Key)).Select(issuer => issuers.Find(issuer.Key, issuer.Value))];
        Tokens = Config.Issuers.Keys.Any(_any.Contains);
        Wanted = CredentialsWanted.Of(route);
        KeyAsToken = AuthenticationResult.Refuse(new(GatewayError.CredentialsInvalid) { Detail = CredentialsWanted.InsteadOfBearer(route) });
    }

    public GatewayConfig Config { get; }

    public bool Anonymous { get; }

    public bool Keys { get; }

    public bool Tokens { get; }

    /// <summary>What to send, in words for a caller who sent nothing, or nothing that counts.</summary>
    public string Wanted { get; }

    /// <summary>The refusal of an API key that was sent as a token.</summary>
    public AuthenticationResult KeyAsToken { get; }

    /// <summary>All issuers of the configuration; the route's own first.</summary>
    public IReadOnlyList<Issuer> Issuers { get; }

    /// <summary>True: nothing but anonymous. What stands in Authorization is then between the client and the service.</summary>
    public bool OnlyAnonymous => Anonymous && !Keys && !Tokens;

    public bool Accepts(Caller caller) => _any.Contains(NameOf(caller));

    /// <summary>Place in the route's list; what is not in it comes last.</summary>
    public int Rank(Caller caller) => Rank(NameOf(caller));

    private static string NameOf(Caller caller) => caller.Kind switch
    {
        CallerKind.ApiKey => AuthConfig.ApiKey,
        CallerKind.Token => caller.Issuer ?? "",
        _ => AuthConfig.Anonymous,
    };

    private int Rank(string name)
    {
        for (var place = 0; place < _any.Count; place++)
        {
            if (_any[place] == name)
            {
                return place;
            }
        }

        return int.MaxValue;
    }
}
