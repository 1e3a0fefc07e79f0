using Gateway.Authentication;
using Gateway.Configuration;
using Gateway.Secrets;

namespace Gateway;

/// <summary>Compiles a configuration that has no errors, and whose secrets are there, into what requests run on.</summary>
internal sealed class SnapshotCompiler(IServiceProvider services, SecretShelf shelf) : ISnapshotCompiler
{
    public GatewaySnapshot Compile(ConfigLoad load)
    {
        var config = load.Config ?? throw new InvalidOperationException("A configuration with errors cannot be compiled.");
        var secrets = shelf.Take(load.Secrets);
        // The snapshot shows what the operator wrote; only the compiled steps know what stands for it.
        return new(load.Release, config, GatewayPipeline.Compile(services, IssuerSecrets.Fill(config, secrets))) { Load = load, Secrets = secrets };
    }

    // Headers read their secrets each time; issuers are compiled.
    public GatewaySnapshot? Renew(GatewaySnapshot current) =>
        current.Load is { } load && current.Secrets.HaveChanged(IssuerSecrets.Concern) ? Compile(load) : null;
}
