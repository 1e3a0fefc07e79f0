using LocalHost.Vault.Access;

namespace LocalHost.Vault.Protocol;

/// <summary>One operation of the protocol and what serves it.</summary>
internal sealed record VaultRoute(string Method, string Template, VaultKind Kind, VaultVerb Verb, Func<VaultCall, VaultAnswer> Serve)
{
    public VaultAction Action => new(Kind, Verb);
}
