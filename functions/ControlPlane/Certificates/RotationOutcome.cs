using System.Text.Json.Serialization;

namespace ControlPlane.Certificates;

/// <summary>What came of a rotation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RotationOutcome>))]
internal enum RotationOutcome
{
    /// <summary>Nothing yet.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>The new certificate is in use.</summary>
    [JsonStringEnumMemberName("rotated")]
    Rotated,

    /// <summary>The one before stays in use.</summary>
    [JsonStringEnumMemberName("rolledBack")]
    RolledBack,
}
