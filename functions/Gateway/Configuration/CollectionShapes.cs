using System.Text.Json.Nodes;

namespace Gateway.Configuration;

/// <summary>A list; one value alone is a list of one.</summary>
internal sealed class ListShape<TItem>(Shape item) : Shape
{
    public override string Expected => $"a list, each of it {item.Expected}";

    public override object? Hole => Array.Empty<TItem>();

    public override object? Read(ConfigNode node, Reading reading)
    {
        if (node is ScalarNode { IsNothing: true })
        {
            return Unexpected(node, reading);
        }

        var items = node is ListNode list
            ? list.Items.Select((child, index) => reading.Below($"{index}", child.Place, () => item.Read(child, reading))).ToList()
            : [reading.Below("0", reading.KeyPlace, () => item.Read(node, reading))];
        return items.OfType<TItem>().ToArray();
    }

    public override JsonObject Schema(SchemaWriter writer) => new()
    {
        ["anyOf"] = new JsonArray(item.Schema(writer), new JsonObject { ["type"] = "array", ["items"] = item.Schema(writer) }),
    };
}

/// <summary>A mapping from names to values of one kind.</summary>
internal sealed class MapShape<TValue>(Shape value) : Shape
{
    public override string Expected => $"a mapping from names, each to {value.Expected}";

    public override object? Hole => new OrderedDictionary<string, TValue>();

    public override object? Read(ConfigNode node, Reading reading)
    {
        if (node is not MappingNode mapping)
        {
            return Unexpected(node, reading);
        }

        var read = new OrderedDictionary<string, TValue>();
        foreach (var entry in mapping.Entries)
        {
            // A name whose value cannot be read is kept: what refers to it is not wrong because of that.
            if ((reading.Below(entry.Key, entry.KeyPlace, () => value.Read(entry.Value, reading)) ?? value.Hole) is TValue item)
            {
                read[entry.Key] = item;
            }
        }

        return read;
    }

    public override JsonObject Schema(SchemaWriter writer) => new() { ["type"] = "object", ["additionalProperties"] = value.Schema(writer) };
}

/// <summary>JSON, written as YAML.</summary>
internal sealed class JsonShape : Shape
{
    public override string Expected => "a JSON value";

    public override object? Read(ConfigNode node, Reading reading) =>
        node is ScalarNode { IsNothing: true } ? Unexpected(node, reading) : Convert(node, reading);

    public override JsonObject Schema(SchemaWriter writer) => [];

    private static JsonNode? Convert(ConfigNode node, Reading reading) => node switch
    {
        MappingNode mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, Convert(entry.Value, reading)))),
        ListNode list => new JsonArray([.. list.Items.Select(item => Convert(item, reading))]),
        ScalarNode scalar => Convert(scalar, reading),
        _ => null,
    };

    private static JsonValue? Convert(ScalarNode scalar, Reading reading)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.Nothing:
                return null;
            case ScalarKind.Truth:
                return JsonValue.Create(CoreSchema.ToTruth(scalar.Text));
            case ScalarKind.Integer when CoreSchema.TryToInteger(scalar.Text, out var whole):
                return JsonValue.Create(whole);
            case ScalarKind.Integer or ScalarKind.Real when CoreSchema.TryToReal(scalar.Text, out var real):
                return JsonValue.Create(real);
            case ScalarKind.Integer or ScalarKind.Real:
                reading.Fail(scalar, $"{Show(scalar)} is not a number of JSON.", $"Quote this value: \"{Show(scalar)}\".");
                return null;
            default:
                return JsonValue.Create(scalar.Text);
        }
    }
}
