using System.Text.Json.Serialization;

namespace Cli.Local;

/// <summary>What the issuer answers.</summary>
internal sealed record TokenAnswer
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }
}

/// <summary>What gw token --json writes.</summary>
internal sealed record IssuedToken(string Token);

/// <summary>JSON of the local issuer, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(IssuedToken))]
internal sealed partial class LocalJson : JsonSerializerContext;
