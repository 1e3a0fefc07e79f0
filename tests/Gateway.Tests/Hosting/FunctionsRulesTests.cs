using Gateway.Configuration;

namespace Gateway.Tests.Hosting;

public sealed class FunctionsRulesTests
{
    private const string TooMuch = """
        version: 1
        services:
          slow: { urls: "http://127.0.0.1:1", timeout: { connect: 4m, firstByte: 231s, idle: 1h } }
        defaults: { auth: anonymous, timeout: 5m, forward: slow }
        routes:
          console: GET /admin/users
          run: GET /Runtime
          trace: TRACE /a
          upload: { match: POST /upload, timeout: 231s, body: { max: 101MB } }
        """;

    [Fact]
    public void Functions_WhatItCannotDo_IsFoundAtItsPlace()
    {
        var errors = ConfigFile.Parse(TooMuch, "g.yaml", _ => null, GatewayHost.Functions).Errors;

        Assert.Equal(
            [
                "3:59 services.slow.timeout.connect",
                "3:74 services.slow.timeout.firstByte",
                "3:86 services.slow.timeout.idle",
                "4:39 defaults.timeout",
                "6:12 routes.console.match.0.path",
                "7:8 routes.run.match.0.path",
                "8:10 routes.trace.match.0.methods",
                "9:43 routes.upload.timeout",
                "9:62 routes.upload.body.max",
            ],
            errors.Select(error => $"{error.Line}:{error.Column} {string.Join('.', error.Path)}"));
        Assert.Contains("Azure Functions ends an exchange after 230s of silence; this waits 231s.", errors[1].Problem, StringComparison.Ordinal);
        Assert.All(errors, error => Assert.NotEmpty(error.Mend));
    }

    [Fact]
    public void Kestrel_CanDoAllOfIt() => Assert.Empty(ConfigFile.Parse(TooMuch, "g.yaml", _ => null).Errors);

    [Fact]
    public void Functions_TheMostThatItCanDo_IsFine()
    {
        const string Most = """
            version: 1
            services:
              slow: { urls: "http://127.0.0.1:1", timeout: { connect: 230s, firstByte: 230s, idle: 230s } }
            routes:
              upload: { match: [POST /administration, PATCH /a/admin], auth: anonymous, timeout: 230s, body: { max: 100MB }, forward: slow }
            """;

        Assert.Empty(ConfigFile.Parse(Most, "g.yaml", _ => null, GatewayHost.Functions).Errors);
    }

    [Fact]
    public void DeployedConfiguration_RunsOnFunctions()
    {
        var path = Path.Combine(Repository.Root, "functions", "FrontDoor", "gateway.yaml");

        Assert.Empty(ConfigFile.Load(path, _ => null, GatewayHost.Functions).Errors);
    }
}
