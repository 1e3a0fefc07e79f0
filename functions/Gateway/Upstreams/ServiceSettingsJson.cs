using System.Text.Json.Serialization;

namespace Gateway.Upstreams;

/// <summary>Writes the settings of a service as a text, by code that is generated.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ServiceConfig))]
internal sealed partial class ServiceSettingsJson : JsonSerializerContext;
