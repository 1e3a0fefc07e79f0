using System.Text.Json.Serialization;

namespace Mesh.Local;

/// <summary>Reads and writes the file of a local membership by code that is generated.</summary>
[JsonSerializable(typeof(LocalMembership))]
internal sealed partial class LocalMembershipJson : JsonSerializerContext;
