namespace Gateway.Configuration;

/// <summary>Turns a configuration that has no errors into what requests run on.</summary>
internal interface ISnapshotCompiler
{
    /// <exception cref="SecretsLackException">A secret is not there, or not yet.</exception>
    GatewaySnapshot Compile(ConfigLoad load);

    /// <summary>The same configuration with secrets that have changed since and that are compiled in; null: there are none.</summary>
    /// <exception cref="SecretsLackException">One of them does not fit.</exception>
    GatewaySnapshot? Renew(GatewaySnapshot current) => null;
}
