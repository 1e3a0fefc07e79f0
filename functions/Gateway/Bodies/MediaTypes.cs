namespace Gateway.Bodies;

/// <summary>Media types without parameters (RFC 9110 §8.3.1); "image/*" stands for a family.</summary>
internal sealed class MediaTypes(IReadOnlyList<string> types)
{
    private readonly HashSet<string> _exact = new(types.Where(type => !type.EndsWith("/*", StringComparison.Ordinal)), StringComparer.OrdinalIgnoreCase);
    private readonly string[] _families = [.. types.Where(type => type.EndsWith("/*", StringComparison.Ordinal) && type != "*/*").Select(type => type[..^1])];

    /// <summary>True: nothing to check.</summary>
    public bool TakeAny { get; } = types.Count == 0 || types.Contains("*/*");

    /// <summary>As an Accept header.</summary>
    public string Text { get; } = string.Join(", ", types);

    public bool Contains(string? contentType)
    {
        var text = contentType ?? "";
        var end = text.IndexOf(';');
        var type = (end < 0 ? text : text[..end]).Trim();
        return _exact.Contains(type) || Array.Exists(_families, family => type.Length > family.Length && type.StartsWith(family, StringComparison.OrdinalIgnoreCase));
    }
}
