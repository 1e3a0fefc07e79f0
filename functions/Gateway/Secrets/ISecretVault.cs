namespace Gateway.Secrets;

/// <summary>Where the secrets are that a configuration names.</summary>
internal interface ISecretVault
{
    /// <summary>The newest version's value; null: there is no such secret. Throws while the vault cannot be asked.</summary>
    Task<string?> ReadAsync(string name, CancellationToken cancellation);
}
