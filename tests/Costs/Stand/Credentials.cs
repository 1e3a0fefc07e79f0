using System.Text.Json.Nodes;
using Gateway.Tests.Authentication.Jwt;
using Records;

namespace Costs.Stand;

/// <summary>A hundred callers of a stand, each with a consumer of its own.</summary>
internal static class Credentials
{
    public const int Callers = 100;

    /// <summary>API keys, stored with their consumers.</summary>
    public static string[] Keys(GatewayStand stand) => [.. Enumerable.Range(0, Callers).Select(number => Key(stand, $"c-{number:000}"))];

    /// <summary>Tokens that are good for a day.</summary>
    public static string[] Tokens(GatewayStand stand, TestKey key, string algorithm) =>
        [.. Enumerable.Range(0, Callers).Select(number => Token(key, algorithm, $"alice-{number:000}", stand.Time.GetUtcNow().ToUnixTimeSeconds()))];

    private static string Key(GatewayStand stand, string consumer)
    {
        var pepper = stand.Peppers.Current;
        var text = ApiKeyText.Create(ApiKeyKind.Live, pepper);
        Plant(stand, new ConsumerRecord { Name = consumer, Groups = ["partners"], Created = DateTimeOffset.UnixEpoch });
        Plant(stand, new KeyRecord
        {
            Id = text.Id,
            Kind = text.Kind,
            Consumer = consumer,
            Scopes = ["orders.read"],
            Created = DateTimeOffset.UnixEpoch,
            PepperVersion = pepper.Version,
            SecretHash = text.HashSecret(pepper),
        });
        return text.Reveal();
    }

    private static string Token(TestKey key, string algorithm, string subject, long now)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["kid"] = key.Id, ["typ"] = "at+jwt" };
        var claims = new JsonObject
        {
            ["iss"] = TestIssuer.Authority, ["aud"] = "api", ["sub"] = subject, ["exp"] = now + 86_400, ["iat"] = now, ["nbf"] = now, ["scope"] = "orders.read orders.write",
        };
        return key.Sign(header.ToJsonString(), claims.ToJsonString(), algorithm);
    }

    private static void Plant<TRecord>(GatewayStand stand, TRecord record)
        where TRecord : class, ITableRecord<TRecord> =>
        stand.Tables[TRecord.Table].Plant(new(record.ToRow()) { PartitionKey = record.Address.PartitionKey, RowKey = record.Address.RowKey });
}
