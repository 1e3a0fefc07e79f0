using System.Text.Json.Serialization;

namespace ControlPlane.Rotations;

/// <summary>How journals are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(Issued))]
[JsonSerializable(typeof(Published))]
[JsonSerializable(typeof(CanaryPassed))]
[JsonSerializable(typeof(Acknowledged))]
[JsonSerializable(typeof(Withdrawn))]
[JsonSerializable(typeof(Prepared))]
[JsonSerializable(typeof(Appointed))]
[JsonSerializable(typeof(RotationOutcome))]
[JsonSerializable(typeof(IReadOnlyList<FinishedStep>))]
internal sealed partial class RotationJson : JsonSerializerContext;
