using System.Text.Json.Serialization;
using ControlPlane.Certificates;
using ControlPlane.Limits;
using ControlPlane.Releases;

namespace ControlPlane.Management;

/// <summary>What the API reads and writes, known at build time. Reading is strict: no member twice, none unknown.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    MaxDepth = 8)]
[JsonSerializable(typeof(NewConsumerBody))]
[JsonSerializable(typeof(ConsumerChangeBody))]
[JsonSerializable(typeof(NewKeyBody))]
[JsonSerializable(typeof(RotationBody))]
[JsonSerializable(typeof(RevocationBody))]
[JsonSerializable(typeof(NewReleaseBody))]
[JsonSerializable(typeof(ActivationBody))]
[JsonSerializable(typeof(ConsumerAnswer))]
[JsonSerializable(typeof(ConsumersAnswer))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(KeysAnswer))]
[JsonSerializable(typeof(LimitState))]
[JsonSerializable(typeof(LimitReset))]
[JsonSerializable(typeof(MeshState))]
[JsonSerializable(typeof(RotationState))]
[JsonSerializable(typeof(RotationList))]
[JsonSerializable(typeof(ReleaseList))]
[JsonSerializable(typeof(ReleaseContent))]
[JsonSerializable(typeof(ReleaseMoved))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ProblemKind))]
internal sealed partial class ManagementJson : JsonSerializerContext;
