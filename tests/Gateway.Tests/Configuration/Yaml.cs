using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

/// <summary>Configurations in tests.</summary>
internal static class Yaml
{
    public static ConfigLoad Load(string text, params (string Name, string Value)[] environment) =>
        ConfigFile.Parse(text, "gateway.yaml", name => environment.FirstOrDefault(pair => pair.Name == name).Value);

    /// <summary>The configuration; fails the test with the errors when there are any.</summary>
    public static GatewayConfig Valid(string text, params (string Name, string Value)[] environment)
    {
        var load = Load(text, environment);
        Assert.True(load.Config is not null, string.Join('\n', load.Errors));
        return load.Config;
    }
}
