using System.Text.Json.Nodes;

namespace Gateway.Configuration;

/// <summary>The scalars of the language.</summary>
internal static class Scalars
{
    public static Shape Text { get; } = new ScalarShape("a text", scalar => scalar.Kind is ScalarKind.Text || scalar.IsFilled
        ? new(scalar.Text)
        : Parsed.Fail($"{scalar.Written} is not a text.", $"Quote this value: \"{scalar.Written}\"."), () => new() { ["type"] = "string" }, "");

    /// <summary>A text that may be written without quotes even if it looks like a number or a truth.</summary>
    public static Shape AnyText { get; } = new ScalarShape("a text", scalar => new(scalar.Text),
        () => new() { ["type"] = new JsonArray("string", "number", "boolean") }, "");

    public static Shape Truth { get; } = new ScalarShape("true or false", scalar => scalar.Kind is ScalarKind.Truth
        ? new(CoreSchema.ToTruth(scalar.Text))
        : default, () => new() { ["type"] = "boolean" });

    public static Shape Whole { get; } = new ScalarShape("a whole number such as 5",
        scalar => Number(scalar, int.MinValue, int.MaxValue) is { Value: long number } ? new((int)number) : Number(scalar, int.MinValue, int.MaxValue),
        () => new() { ["type"] = "integer" });

    public static Shape Long { get; } = new ScalarShape("a whole number such as 1000",
        scalar => Number(scalar, long.MinValue, long.MaxValue), () => new() { ["type"] = "integer" });

    public static Shape Duration { get; } = new ScalarShape("a duration such as 500ms, 10s, 5m, 1h or 30d", DurationText.Parse,
        () => new() { ["type"] = "string", ["pattern"] = DurationText.Pattern });

    public static Shape Size { get; } = new ScalarShape("a size such as 512B, 16KB, 1MB or 1GB", SizeText.Parse,
        () => new() { ["type"] = "string", ["pattern"] = SizeText.Pattern });

    public static Shape Network { get; } = new ScalarShape("a network such as 10.0.0.0/8 or 2001:db8::/32", NetworkText.Parse,
        () => new() { ["type"] = "string", ["examples"] = new JsonArray("10.0.0.0/8", "2001:db8::/32") });

    private static Parsed Number(ScalarNode scalar, long least, long most)
    {
        if (scalar.Kind is not ScalarKind.Integer)
        {
            return CoreSchema.KindOf(scalar.Text) is ScalarKind.Integer
                ? Parsed.Fail($"\"{scalar.Written}\" in quotes is a text.", $"Remove the quotes: {scalar.Written}.")
                : default;
        }

        return CoreSchema.TryToInteger(scalar.Text, out var number) && number >= least && number <= most
            ? new(number)
            : Parsed.Fail($"{scalar.Written} is out of range.", $"Write a whole number between {least} and {most}.");
    }
}
