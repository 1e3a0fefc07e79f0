using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gateway.Templates;

/// <summary>A text with insertions, parsed once at load and filled in for each request, encoded for the place where it stands.</summary>
internal sealed class Template
{
    private readonly TemplatePiece[] _pieces;

    private Template(string text, TemplatePiece[] pieces)
    {
        Text = text;
        _pieces = pieces;
        Insertions = [.. pieces.Select(piece => piece.Insertion).OfType<Insertion>()];
        Single = pieces is [{ Insertion: { } only }] ? only : null;
    }

    /// <summary>As the operator wrote it.</summary>
    public string Text { get; }

    /// <summary>What it asks for, in order.</summary>
    public IReadOnlyList<Insertion> Insertions { get; }

    /// <summary>The insertion that is all of the template; null when there is more, or none.</summary>
    public Insertion? Single { get; }

    /// <summary>Parses a template. The error is a sentence for the operator, without its place.</summary>
    public static bool TryParse(string text, TemplateSources allowed, [NotNullWhen(true)] out Template? template, [NotNullWhen(false)] out string? error)
    {
        var pieces = TemplateParser.Parse(text, allowed, out error);
        template = pieces is null ? null : new(text, pieces);
        return template is not null;
    }

    /// <summary>
    /// Fills in a path. A value stays in its segment (only a path parameter, which is inserted raw, may bring slashes of its own);
    /// no dot segment and no leading "//" arises. An empty value counts as missing, except a path parameter's: a catch-all may be empty.
    /// </summary>
    public Filling FillPath(ITemplateValues values)
    {
        var filling = Fill(values, PathText.EncodeLiteral, static (insertion, value) => insertion.Source == TemplateSources.Path
            ? PathText.IsClean(value) ? value : null
            : PathText.EncodeSegment(value));
        if (filling.Text is not { } path)
        {
            return filling;
        }

        var startsLikeAnAuthority = path.StartsWith("//", StringComparison.Ordinal) && !Text.StartsWith("//", StringComparison.Ordinal);
        return startsLikeAnAuthority || PathText.HasDotSegment(path) ? Filling.Malformed(Suspect) : filling;
    }

    /// <summary>Fills in the value of one query parameter. A missing value means that the parameter is not set.</summary>
    public Filling FillQuery(ITemplateValues values) =>
        Fill(values, Uri.EscapeDataString, static (insertion, value) => Uri.EscapeDataString(Plain(insertion, value)));

    /// <summary>Fills in a header field's value; empty counts as missing. What is not ASCII is percent-encoded as UTF-8, control characters are malformed.</summary>
    public Filling FillHeader(ITemplateValues values)
    {
        var filling = Fill(values, static literal => literal, static (insertion, value) => HeaderText.Encode(Plain(insertion, value)));
        return filling.Text?.Trim(' ', '\t') is not { } trimmed ? filling
            : trimmed.Length > 0 || Insertions.Count == 0 ? Filling.Of(trimmed)
            : Filling.Missing(Insertions[0]);
    }

    /// <summary>Fills in without any encoding: for places that encode by themselves.</summary>
    public Filling FillText(ITemplateValues values) => Fill(values, static literal => literal, Plain);

    // Who is at fault when the whole is malformed: a part's value rather than the client's; of several of the client's, nobody knows.
    private Insertion? Suspect =>
        Insertions.FirstOrDefault(insertion => insertion.Source == TemplateSources.Parts) ?? (Insertions.Count == 1 ? Insertions[0] : null);

    private Filling Fill(ITemplateValues values, Func<string, string> literal, Func<Insertion, string, string?> encode)
    {
        var text = new StringBuilder();
        foreach (var piece in _pieces)
        {
            if (piece.Insertion is not { } insertion)
            {
                text.Append(literal(piece.Literal));
                continue;
            }

            if (!TryRead(values, insertion, out var value))
            {
                return Filling.Malformed(insertion);
            }

            if (value is null)
            {
                return Filling.Missing(insertion);
            }

            if (encode(insertion, value) is not { } encoded)
            {
                return value.Length == 0 ? Filling.Missing(insertion) : Filling.Malformed(insertion);
            }

            text.Append(encoded);
        }

        return Filling.Of(text.ToString());
    }

    // False: there is a value, and it is no text.
    private static bool TryRead(ITemplateValues values, Insertion insertion, out string? value)
    {
        value = insertion.Source switch
        {
            TemplateSources.Path => values.Path(insertion.Name),
            TemplateSources.Query => values.Query(insertion.Name),
            TemplateSources.Header => values.Header(insertion.Name),
            TemplateSources.Claim => values.Claim(insertion.Name),
            _ => null,
        };
        return insertion.Source != TemplateSources.Parts || JsonText.TryRead(values.Part(insertion.Name, insertion.Pointer), out value);
    }

    private static string Plain(Insertion insertion, string value) =>
        insertion.Source == TemplateSources.Path ? Uri.UnescapeDataString(value) : value;
}
