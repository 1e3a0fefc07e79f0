namespace Gateway.Templates;

/// <summary>One value that a template asks for.</summary>
/// <param name="Source">Where it comes from: exactly one flag.</param>
/// <param name="Name">The parameter, header, claim or part.</param>
/// <param name="Pointer">The way into a part's answer; empty for all of it, and for other sources.</param>
internal sealed record Insertion(TemplateSources Source, string Name, IReadOnlyList<string> Pointer)
{
    /// <summary>As a client may read it; names come from the configuration.</summary>
    public override string ToString() => Source switch
    {
        TemplateSources.Path => $"path parameter {Name}",
        TemplateSources.Query => $"query parameter {Name}",
        TemplateSources.Header => $"header {Name}",
        TemplateSources.Claim => $"claim {Name}",
        _ => $"value {string.Join('.', Pointer.Prepend(Name).Prepend("parts"))}",
    };
}
