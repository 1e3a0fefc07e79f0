using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Templates;

/// <summary>A JSON value whose texts may hold insertions. Names of members are taken as they are.</summary>
internal sealed class JsonTemplate
{
    private readonly JsonNode? _shape;
    private readonly Dictionary<string, Template> _templates;

    private JsonTemplate(JsonNode? shape, Dictionary<string, Template> templates)
    {
        (_shape, _templates) = (shape, templates);
        Insertions = [.. templates.Values.SelectMany(template => template.Insertions)];
    }

    /// <summary>What it asks for.</summary>
    public IReadOnlyList<Insertion> Insertions { get; }

    /// <summary>Parses every text in the value. The error is a sentence for the operator.</summary>
    public static bool TryParse(JsonNode? shape, TemplateSources allowed, [NotNullWhen(true)] out JsonTemplate? template, [NotNullWhen(false)] out string? error)
    {
        template = null;
        error = null;
        var templates = new Dictionary<string, Template>(StringComparer.Ordinal);
        foreach (var text in Texts(shape))
        {
            if (!Template.TryParse(text, allowed, out var parsed, out error))
            {
                return false;
            }

            templates[text] = parsed;
        }

        template = new(shape, templates);
        return true;
    }

    /// <summary>
    /// Writes the filled-in value. A text that is one insertion of another part becomes that JSON value and keeps its type; one that is
    /// an insertion of the request becomes a text, or null when the request has no such value. Anything else that is missing fails.
    /// </summary>
    public bool TryFill(ITemplateValues values, IBufferWriter<byte> output, out Filling failure)
    {
        using var json = new Utf8JsonWriter(output);
        failure = default;
        return TryWrite(json, _shape, values, ref failure);
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    private bool TryWrite(Utf8JsonWriter json, JsonNode? node, ITemplateValues values, ref Filling failure)
    {
        switch (node)
        {
            case JsonObject members:
                json.WriteStartObject();
                foreach (var (name, value) in members)
                {
                    json.WritePropertyName(name);
                    if (!TryWrite(json, value, values, ref failure))
                    {
                        return false;
                    }
                }

                json.WriteEndObject();
                return true;
            case JsonArray items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    if (!TryWrite(json, item, values, ref failure))
                    {
                        return false;
                    }
                }

                json.WriteEndArray();
                return true;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return TryWriteText(json, _templates[value.GetValue<string>()], values, ref failure);
            case null:
                json.WriteNullValue();
                return true;
            default:
                node.WriteTo(json);
                return true;
        }
    }

    private static bool TryWriteText(Utf8JsonWriter json, Template template, ITemplateValues values, ref Filling failure)
    {
        if (template.Single is { Source: TemplateSources.Parts } part && values.Part(part.Name, part.Pointer) is { ValueKind: not JsonValueKind.Undefined } found)
        {
            found.WriteTo(json);
            return true;
        }

        var filling = template.FillText(values);
        if (filling.Text is { } text)
        {
            json.WriteStringValue(text);
            return true;
        }

        if (filling.IsMissing && template.Single is { Source: not TemplateSources.Parts })
        {
            json.WriteNullValue();
            return true;
        }

        failure = filling;
        return false;
    }
}
