using System.Text.Json.Serialization;

namespace Records.Trust;

/// <summary>How the documents of the mesh are written: strictly, so that two readers cannot take one text for two things.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(BundleDocument))]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class TrustJson : JsonSerializerContext;

internal sealed record BundleDocument(int Format, TrustBundle Bundle);

internal sealed record ReportDocument(int Format, PeerReport Report);
