namespace Gateway.Configuration;

/// <summary>Where a reader stands in the file, and the mistakes that it has found so far.</summary>
internal sealed class Reading(string file)
{
    private readonly List<string> _path = [];
    private readonly List<ConfigError> _errors = [];
    private readonly List<SecretReference> _secrets = [];

    public IReadOnlyList<ConfigError> Errors => _errors;

    /// <summary>The secrets of the vault that were met so far.</summary>
    public IReadOnlyList<SecretReference> Secrets => _secrets;

    public IReadOnlyList<string> Path => _path;

    /// <summary>The place of the key that is being read: where something that is missing is reported.</summary>
    public Place KeyPlace { get; private set; } = new(1, 1);

    /// <summary>Reads something below a key or index.</summary>
    public T Below<T>(string segment, Place keyPlace, Func<T> read)
    {
        var above = KeyPlace;
        _path.Add(segment);
        KeyPlace = keyPlace;
        try
        {
            return read();
        }
        finally
        {
            _path.RemoveAt(_path.Count - 1);
            KeyPlace = above;
        }
    }

    /// <summary>Notes a mistake in a value; null, so that readers can return it.</summary>
    public object? Fail(ConfigNode node, string problem, string mend) =>
        Fail(node is ScalarNode { IsNothing: true } ? KeyPlace : node.Place, problem, mend);

    public object? Fail(Place place, string problem, string mend, string? below = null)
    {
        _errors.Add(new(below is null ? [.. _path] : [.. _path, below], problem, mend) { File = file, Line = place.Line, Column = place.Column });
        return null;
    }

    /// <summary>Notes that a value stands for a secret.</summary>
    public void Secret(ConfigNode node, string name) => _secrets.Add(new(name, [.. _path], file, node.Place));

    /// <inheritdoc cref="Fail(ConfigNode, string, string)"/>
    public object? Refuse(ConfigNode node, string problem, string mend)
    {
        Fail(node, problem, mend);
        _errors[^1] = _errors[^1] with { NotSupportedYet = true };
        return null;
    }
}
