using System.Text.Json.Nodes;

namespace Gateway.Configuration;

/// <summary>
/// How one type of value is written. Declared once, used twice: to read a file, and to write the JSON Schema for editors.
/// </summary>
internal abstract class Shape
{
    /// <summary>What is expected, with its article: "a duration such as 10s".</summary>
    public abstract string Expected { get; }

    /// <summary>Reads a value; null when it cannot be read, with the reason noted.</summary>
    public abstract object? Read(ConfigNode node, Reading reading);

    /// <summary>Stands in for a value that could not be read, so that the rest of the file can still be checked. Null: nothing can.</summary>
    public virtual object? Hole => null;

    /// <summary>The value's JSON Schema.</summary>
    public abstract JsonObject Schema(SchemaWriter writer);

    protected object? Unexpected(ConfigNode node, Reading reading) => node switch
    {
        ScalarNode { IsNothing: true } => reading.Fail(node, "There is no value here.", $"Write {Expected}, or remove the key."),
        ScalarNode scalar => reading.Fail(node, $"'{Show(scalar)}' is not what is expected here.", $"Write {Expected}."),
        ListNode => reading.Fail(node, "A list stands where none is expected.", $"Write {Expected}."),
        _ => reading.Fail(node, "A mapping stands where none is expected.", $"Write {Expected}; if a text begins with '{{', quote it."),
    };

    protected static string Show(ScalarNode scalar) => scalar.Written.Length <= 80 ? scalar.Written : scalar.Written[..80] + "…";
}
