using System.Text.Json.Serialization;
using Cli.Management.Certificates;
using Cli.Management.Releases;

namespace Cli.Management;

/// <summary>A consumer or a key that is gone.</summary>
internal sealed record Removal
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Removed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Revoked { get; init; }
}

/// <summary>JSON of the management API and of --json, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ConsumerList))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(LimitState))]
[JsonSerializable(typeof(LimitReset))]
[JsonSerializable(typeof(MeshState))]
[JsonSerializable(typeof(Rotation))]
[JsonSerializable(typeof(RotationList))]
[JsonSerializable(typeof(ReleaseList))]
[JsonSerializable(typeof(ReleaseContent))]
[JsonSerializable(typeof(ReleaseMoved))]
[JsonSerializable(typeof(Removal))]
[JsonSerializable(typeof(string))]
internal sealed partial class ManagementJson : JsonSerializerContext;
