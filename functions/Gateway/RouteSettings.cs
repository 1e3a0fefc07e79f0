using Gateway.Addresses;
using Gateway.Authentication;
using Gateway.Bodies;
using Gateway.Composition;
using Gateway.Cors;
using Gateway.Forwarding;
using Gateway.Responding;
using Gateway.ResponseRules;

namespace Gateway;

/// <summary>
/// What may be set at each level: defaults, then an api, then a route. The nearer key replaces the whole key and never merges;
/// the nearer action (forward, compose, respond, redirect) wins too.
/// </summary>
public abstract record RouteSettings
{
    /// <summary>Who may call. Unset here and above: an error, there is no default.</summary>
    public AuthConfig? Auth { get; init; }

    /// <summary>Names of the limits that count here. Unset: none.</summary>
    public IReadOnlyList<string>? Limits { get; init; }

    /// <summary>Cross-origin resource sharing. Unset: no header is sent and a preflight is not answered here.</summary>
    public CorsConfig? Cors { get; init; }

    /// <summary>Client addresses that are let in or refused. Unset: all are let in.</summary>
    public AddressesConfig? Addresses { get; init; }

    /// <summary>What the request body may be. Unset: anything.</summary>
    public BodyConfig? Body { get; init; }

    /// <summary>The one deadline: of a composed answer as a whole; of a forwarded one until its first byte. Unset: the service's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Rules for the answer on its way back. Unset: passed on as it is.</summary>
    public ResponseConfig? Response { get; init; }

    /// <summary>Action: pass the request on to a service.</summary>
    public ForwardConfig? Forward { get; init; }

    /// <summary>Action: call several services and answer with one JSON object, by the names of its parts.</summary>
    public IReadOnlyDictionary<string, ComposePartConfig>? Compose { get; init; }

    /// <summary>Action: answer from the configuration.</summary>
    public RespondConfig? Respond { get; init; }

    /// <summary>Action: send the client elsewhere.</summary>
    public RedirectConfig? Redirect { get; init; }

    internal bool HasAction => Forward is not null || Compose is not null || Respond is not null || Redirect is not null;
}
