namespace Gateway.Templates;

/// <summary>Where a template may take its values from.</summary>
[Flags]
internal enum TemplateSources
{
    None = 0,

    /// <summary>{name}</summary>
    Path = 1,

    /// <summary>{query.name}</summary>
    Query = 2,

    /// <summary>{header.name}</summary>
    Header = 4,

    /// <summary>{claim.name}</summary>
    Claim = 8,

    /// <summary>{parts.a.b}</summary>
    Parts = 16,

    /// <summary>Everything that the client's request holds.</summary>
    Request = Path | Query | Header | Claim,

    /// <summary>The request, and the other parts of a composed answer.</summary>
    Composition = Request | Parts,
}
