namespace Gateway.Authorization;

/// <summary>Snapshot: values that must be there, all of these and one of those.</summary>
internal sealed class Requirement(IReadOnlyList<string> all, IReadOnlyList<string> any)
{
    /// <summary>Every value that is named, for telling the caller what is wanted.</summary>
    public IEnumerable<string> Named => all.Concat(any).Distinct(StringComparer.Ordinal);

    public bool IsMetBy(IReadOnlySet<string> values) => all.All(values.Contains) && (any.Count == 0 || any.Any(values.Contains));

    /// <summary>Of a single value: the same, and whichever way the list is written, one match is all that there can be.</summary>
    public bool IsMetByOne(string? value) => value is not null && (all.Contains(value) || any.Contains(value));
}
