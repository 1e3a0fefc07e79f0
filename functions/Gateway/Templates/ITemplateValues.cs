using System.Text.Json;

namespace Gateway.Templates;

/// <summary>Where a template finds what it inserts. Values come unencoded; null: there is none.</summary>
internal interface ITemplateValues
{
    /// <summary>{name}: a parameter of the path, raw as it stood there (already percent-encoded).</summary>
    string? Path(string name);

    /// <summary>{query.name}</summary>
    string? Query(string name);

    /// <summary>{header.name}</summary>
    string? Header(string name);

    /// <summary>{claim.name}: a claim, or with a leading slash the JSON pointer to one.</summary>
    string? Claim(string name);

    /// <summary>{parts.a.b}: a value inside another part's answer, only in compositions. Undefined: there is none.</summary>
    JsonElement Part(string part, IReadOnlyList<string> pointer);
}
