using System.Text.Json.Serialization;

namespace ControlPlane.Certificates;

/// <summary>Why a certificate is rotated.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RotationReason>))]
internal enum RotationReason
{
    /// <summary>Enough of its life is over.</summary>
    [JsonStringEnumMemberName("due")]
    Due,

    /// <summary>An operator wanted it.</summary>
    [JsonStringEnumMemberName("asked")]
    Asked,

    /// <summary>The one before is refused.</summary>
    [JsonStringEnumMemberName("revoked")]
    Revoked,

    /// <summary>It has to come from the new authority.</summary>
    [JsonStringEnumMemberName("authority")]
    Authority,
}
