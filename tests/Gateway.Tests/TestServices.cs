using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Records;

namespace Gateway.Tests;

/// <summary>The gateway's services as a host registers them, with a store that nobody calls.</summary>
internal static class TestServices
{
    public static ServiceProvider Build(string configPath = "unread.yaml") => new ServiceCollection()
        .AddLogging()
        .AddSingleton(new TableServiceClient("UseDevelopmentStorage=true"))
        .AddSingleton<IPepperSource>(new FixedPeppers(new(new Pepper(1, RandomNumberGenerator.GetBytes(32)))))
        .AddGateway(new() { ConfigPath = configPath })
        .BuildServiceProvider();
}
