namespace Gateway.Configuration;

/// <summary>Turns a configuration that has no errors into what requests run on.</summary>
internal interface ISnapshotCompiler
{
    GatewaySnapshot Compile(ConfigLoad load);
}
