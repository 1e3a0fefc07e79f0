namespace Gateway.Configuration;

/// <summary>A place in a file, counted from 1.</summary>
internal readonly record struct Place(int Line, int Column);

/// <summary>A piece of the file as written, with its place.</summary>
internal abstract class ConfigNode(Place place)
{
    public Place Place { get; } = place;
}

/// <summary>A single value.</summary>
internal sealed class ScalarNode(Place place, string text, bool isQuoted = false, string? written = null) : ConfigNode(place)
{
    /// <summary>The value, with what comes from the environment filled in.</summary>
    public string Text { get; } = text;

    /// <summary>The value as it stands in the file; what messages show, so that they never hold what the environment gave.</summary>
    public string Written { get; } = written ?? text;

    /// <summary>True: part of the value came from the environment.</summary>
    public bool IsFilled { get; } = written is not null;

    /// <summary>Quoted values are texts, unless they were filled in: those get their type afterwards.</summary>
    public ScalarKind Kind { get; } = isQuoted && written is null ? ScalarKind.Text : CoreSchema.KindOf(text);

    /// <summary>True for a value that stands for nothing: empty, null or ~.</summary>
    public bool IsNothing => Kind == ScalarKind.Nothing && !IsFilled;
}

/// <summary>A list.</summary>
internal sealed class ListNode(Place place, IReadOnlyList<ConfigNode> items) : ConfigNode(place)
{
    public IReadOnlyList<ConfigNode> Items { get; } = items;
}

/// <summary>A mapping, in the order of the file.</summary>
internal sealed class MappingNode(Place place, IReadOnlyList<MappingEntry> entries) : ConfigNode(place)
{
    public IReadOnlyList<MappingEntry> Entries { get; } = entries;

    public MappingEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>One key of a mapping and its value.</summary>
internal sealed record MappingEntry(string Key, Place KeyPlace, ConfigNode Value)
{
    /// <summary>The place to show for the value: its own, or the key's where the value is empty or begins on a later line.</summary>
    public Place Place => Value.Place.Line != KeyPlace.Line || Value is ScalarNode { IsNothing: true } ? KeyPlace : Value.Place;
}
