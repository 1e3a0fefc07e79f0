namespace Gateway.Requests;

/// <summary>Header fields that only the gateway sets: what clients send under these names is removed.</summary>
internal static class GatewayHeaders
{
    /// <summary>Every header whose name begins so (with "-" or "_" after it, in any case) is ours.</summary>
    public const string Prefix = "Gateway-";

    /// <summary>Name of the consumer.</summary>
    public const string Consumer = "Gateway-Consumer";

    /// <summary>Name of the consumer's plan.</summary>
    public const string Plan = "Gateway-Plan";

    /// <summary>How the caller proved who it is: anonymous, apiKey, or the issuer's name.</summary>
    public const string Auth = "Gateway-Auth";

    /// <summary>Scopes, space-separated.</summary>
    public const string Scopes = "Gateway-Scopes";

    /// <summary>Groups, comma-separated.</summary>
    public const string Groups = "Gateway-Groups";

    /// <summary>The token's sub.</summary>
    public const string Subject = "Gateway-Subject";

    /// <summary>When a limit admitted the request; only where <see cref="GatewayOptions.StampAdmissions"/> is set.</summary>
    public const string Admitted = "X-Gateway-Admitted";

    /// <summary>The request's id.</summary>
    public const string RequestId = "X-Request-Id";
}
