using Gateway.Configuration;

namespace Gateway;

/// <summary>Compiles a configuration that has no errors into what requests run on.</summary>
internal sealed class SnapshotCompiler(IServiceProvider services) : ISnapshotCompiler
{
    public GatewaySnapshot Compile(ConfigLoad load)
    {
        var config = load.Config ?? throw new InvalidOperationException("A configuration with errors cannot be compiled.");
        return new(load.Release, config, GatewayPipeline.Compile(services, config));
    }
}
