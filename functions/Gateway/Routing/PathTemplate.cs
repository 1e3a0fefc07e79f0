using Gateway.Requests;

namespace Gateway.Routing;

/// <summary>A parsed path template: literals, {name} for one segment that is not empty, {**rest} for all that follows, nothing included.</summary>
internal sealed class PathTemplate
{
    private PathTemplate(string text, IReadOnlyList<TemplateSegment> segments) => (Text, Segments) = (text, segments);

    /// <summary>As the operator wrote it.</summary>
    public string Text { get; }

    public IReadOnlyList<TemplateSegment> Segments { get; }

    /// <summary>What routing sees of it: names of parameters aside. Templates of one shape take the same paths.</summary>
    public string Shape => "/" + string.Join('/', Segments.Select(segment => segment.Kind switch
    {
        SegmentKind.Literal => segment.Text,
        SegmentKind.Parameter => "{}",
        _ => "{**}",
    }));

    /// <summary>Reads a template. Null and a problem, as a sentence, when it is not one.</summary>
    public static PathTemplate? TryParse(string text, out string problem)
    {
        problem = text.StartsWith('/') ? "" : $"The path {text} does not begin with a slash.";
        var segments = new List<TemplateSegment>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in problem.Length > 0 ? [] : text[1..].Split('/'))
        {
            if (problem.Length == 0 && segments is [.., { Kind: SegmentKind.CatchAll }])
            {
                problem = $"Something follows {{**{segments[^1].Text}}} in {text}.";
            }

            if (problem.Length == 0)
            {
                segments.Add(ReadSegment(part, names, out problem));
            }
        }

        return problem.Length > 0 ? null : new(text, segments);
    }

    /// <summary>The values of the parameters in a path that this template takes.</summary>
    public IReadOnlyDictionary<string, string> Read(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var position = 1;
        foreach (var segment in Segments)
        {
            var slash = position > path.Length ? -1 : path.IndexOf('/', position);
            var end = slash < 0 || segment.Kind == SegmentKind.CatchAll ? path.Length : slash;
            if (segment.Kind != SegmentKind.Literal)
            {
                values[segment.Text] = position >= path.Length ? "" : path[position..end];
            }

            position = end + 1;
        }

        return values;
    }

    private static TemplateSegment ReadSegment(string part, HashSet<string> names, out string problem)
    {
        problem = "";
        if (part is not ['{', .., '}'])
        {
            var literal = TargetPath.NormalizeLiteral(part);
            problem = literal is null ? $"Bad percent-encoding in {part}."
                : part.AsSpan().IndexOfAny("{}?#\\") >= 0 ? $"{part} is neither a literal nor one {{name}}."
                : literal is "." or ".." ? "A path has no dot segments."
                : "";
            return new(SegmentKind.Literal, literal ?? "");
        }

        var isCatchAll = part.StartsWith("{**", StringComparison.Ordinal);
        var name = part[(isCatchAll ? 3 : 1)..^1];
        problem = name.Length == 0 || name.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-'))
            ? $"{part} is not a {{name}} of letters, digits, - and _."
            : names.Add(name) ? "" : $"The name {name} stands twice.";
        return new(isCatchAll ? SegmentKind.CatchAll : SegmentKind.Parameter, name);
    }
}

/// <summary>Kinds of segments, the more specific first.</summary>
internal enum SegmentKind
{
    Literal,
    Parameter,
    CatchAll,
}

/// <summary>One segment: the normalised literal, or the name of the parameter.</summary>
internal readonly record struct TemplateSegment(SegmentKind Kind, string Text);
