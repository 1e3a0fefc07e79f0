using System.Text.Json.Nodes;

namespace Gateway.Configuration;

/// <summary>
/// Writes the JSON Schema of the configuration language from the shapes that also read it. Draft 7: what editors understand best.
/// </summary>
internal sealed class SchemaWriter(XmlDocs docs)
{
    private readonly JsonObject _definitions = new()
    {
        ["insertion"] = new JsonObject { ["type"] = "string", ["pattern"] = @"\$\{(env|keyvault):", ["description"] = "Filled in from the environment: ${env:NAME} or ${env:NAME:-default}. In headers of services and in issuers a text may be a secret of the vault: ${keyvault:name}." },
    };

    /// <summary>The schema of the whole file.</summary>
    public static JsonObject Write(XmlDocs docs)
    {
        var writer = new SchemaWriter(docs);
        var root = (RecordShape)Shapes.Of(typeof(GatewayConfig));
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = "ServerlessGateway configuration" };
        foreach (var (name, value) in writer.Mapping(root).ToList())
        {
            schema[name] = value?.DeepClone();
        }

        schema["definitions"] = writer._definitions.DeepClone();
        return schema;
    }

    /// <summary>A value that may come from the environment; a text may anyway.</summary>
    public static JsonObject OrInsertion(JsonObject schema) => schema["type"] is JsonArray || (schema["pattern"] is null && schema["type"]?.GetValue<string>() == "string")
        ? schema
        : new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["$ref"] = "#/definitions/insertion" }) };

    /// <summary>Points at a record's schema and writes it when it is asked for the first time.</summary>
    public JsonObject Reference(RecordShape record)
    {
        var name = record.Type.Name.Replace("Config", "", StringComparison.Ordinal);
        if (!_definitions.ContainsKey(name))
        {
            _definitions[name] = new JsonObject(); // holds the place: records may refer to themselves
            _definitions[name] = Definition(record);
        }

        return new() { ["$ref"] = $"#/definitions/{name}" };
    }

    private JsonObject Definition(RecordShape record)
    {
        var mapping = Mapping(record);
        var plain = record.Form?.Schema() ?? record.Plain?.Shape.Schema(this);
        return plain is null ? mapping : new() { ["anyOf"] = new JsonArray(plain, mapping) };
    }

    // Draft 7 ignores what stands beside a reference.
    private static JsonObject Described(JsonObject schema, string description)
    {
        schema = schema.ContainsKey("$ref") ? new() { ["allOf"] = new JsonArray(schema) } : schema;
        schema["description"] = description;
        return schema;
    }

    private JsonObject Mapping(RecordShape record)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        if (record.FormKey is { } key)
        {
            properties[key] = record.Form!.Schema();
            required.Add((JsonNode)key);
        }

        foreach (var member in record.Fields)
        {
            properties[member.Name] = Described(member.Shape.Schema(this), docs.Of(member.Property));
            if (member.IsRequired)
            {
                required.Add((JsonNode)member.Name);
            }
        }

        var mapping = new JsonObject { ["type"] = "object", ["description"] = docs.Of(record.Type), ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0)
        {
            mapping["required"] = required;
        }

        return mapping;
    }
}
