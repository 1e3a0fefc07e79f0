using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gateway.Configuration;

/// <summary>
/// Text to nodes. What makes a configuration hard to read is refused: anchors, aliases, merge keys, tags, duplicate keys, several documents.
/// </summary>
internal sealed class YamlReader(string text, Insertions insertions, Reading reading)
{
    // Deeper than any honest file; keeps every recursion over nodes from running out of stack.
    private const int MaximumDepth = 64;

    private readonly Parser _parser = new(new Scanner(new StringReader(text)));

    private Mark _end = Mark.Empty;

    /// <summary>The file's content; null when it cannot be read, with the reason among the errors.</summary>
    public ConfigNode? Read()
    {
        try
        {
            Next(); // the stream's start
            if (Next() is not DocumentStart start)
            {
                reading.Fail(new Place(1, 1), "The file is empty.", "Begin with: version: 1");
                return null;
            }

            RefuseDirectives(start);
            Next();
            var root = Node(0);
            Next(); // the document's end
            if (Next() is DocumentStart second)
            {
                reading.Fail(PlaceOf(second), "A second document begins here.", "Keep one document in the file: remove the line '---' and what follows.");
            }

            return root;
        }
        catch (YamlException mistake)
        {
            var (place, problem, mend) = YamlMistake.Explain(text, mistake);
            reading.Fail(place, problem, mend);
            return null;
        }
    }

    private static Place PlaceOf(ParsingEvent parsed) => new((int)parsed.Start.Line, (int)parsed.Start.Column);

    private ParsingEvent? Next()
    {
        try
        {
            var next = _parser.MoveNext() ? _parser.Current : null;
            _end = next?.End ?? _end;
            return next;
        }
        catch (Exception fault) when (fault is not YamlException)
        {
            // On some texts the parser loses its way instead of saying what is wrong.
            throw new YamlException(_end, _end, "The text cannot be understood from here on.", fault);
        }
    }

    private void RefuseDirectives(DocumentStart start)
    {
        // The scanner adds the two standard handles by itself.
        if (start.Version is not null || start.Tags?.Any(tag => tag.Handle is not ("!" or "!!")) == true)
        {
            reading.Fail(PlaceOf(start), "Directives are not part of this language.", "Remove the lines that begin with '%'.");
        }
    }

    // The current event begins a node; afterwards the current event is the last of that node.
    private ConfigNode Node(int depth)
    {
        var current = _parser.Current ?? throw new YamlException(_end, _end, "The text ends too early.");
        if (depth > MaximumDepth)
        {
            throw new YamlException(current.Start, current.End, $"Nested more than {MaximumDepth} deep.");
        }

        RefuseProperties(current);
        return current switch
        {
            Scalar scalar => insertions.Fill(new(PlaceOf(scalar), scalar.Value, scalar.Style != ScalarStyle.Plain), scalar.Style != ScalarStyle.Plain, reading),
            SequenceStart => List(PlaceOf(current), depth),
            MappingStart => Mapping(PlaceOf(current), depth),
            _ => new ScalarNode(PlaceOf(current), "", isQuoted: true), // an alias, refused above
        };
    }

    private void RefuseProperties(ParsingEvent current)
    {
        var place = PlaceOf(current);
        if (current is AnchorAlias alias)
        {
            reading.Fail(place, $"'*' begins an alias, and aliases are not part of this language.", $"If the text \"*{alias.Value}\" is meant, quote this value; otherwise repeat what is meant.");
        }

        if (current is not NodeEvent node)
        {
            return;
        }

        if (!node.Anchor.IsEmpty)
        {
            reading.Fail(place, $"'&' begins an anchor, and anchors are not part of this language.", "If a text is meant, quote this value; otherwise remove the anchor.");
        }

        if (!node.Tag.IsEmpty)
        {
            reading.Fail(place, "'!' begins a tag, and tags are not part of this language.", "If a text is meant, quote this value; otherwise remove the tag.");
        }
    }

    private ListNode List(Place place, int depth)
    {
        var items = new List<ConfigNode>();
        while (Next() is not (SequenceEnd or null))
        {
            items.Add(reading.Below($"{items.Count}", PlaceOf(_parser.Current!), () => Node(depth + 1)));
        }

        return new(place, items);
    }

    private MappingNode Mapping(Place place, int depth)
    {
        var entries = new OrderedDictionary<string, MappingEntry>();
        while (Next() is not (MappingEnd or null))
        {
            var keyPlace = PlaceOf(_parser.Current!);
            var key = Key(depth);
            Next();
            var value = reading.Below(key ?? "?", keyPlace, () => Node(depth + 1));
            if (key is not null && !entries.TryAdd(key, new(key, keyPlace, value)))
            {
                reading.Fail(keyPlace, $"The key '{key}' stands here twice; the first is on line {entries[key].KeyPlace.Line}.", "Keep one of them.", key);
            }
        }

        return new(place, entries.Values);
    }

    private string? Key(int depth)
    {
        var place = PlaceOf(_parser.Current!);
        if (_parser.Current is not Scalar scalar)
        {
            Node(depth + 1);
            reading.Fail(place, "A key must be a plain text.", "If the key begins with '{', '[' or '*', quote it.");
            return null;
        }

        RefuseProperties(scalar);
        var problem = scalar switch
        {
            { Value: "<<", Style: ScalarStyle.Plain } => ("'<<' merges mappings, and merge keys are not part of this language.", "Write the fields out."),
            { Value: "" } => ("A key is empty.", "Give it a name."),
            _ when scalar.Value.Contains("${", StringComparison.Ordinal) => ("Keys are not filled in from the environment.", "Use ${env:NAME} in values only."),
            _ => default,
        };
        if (problem.Item1 is null)
        {
            return scalar.Value;
        }

        reading.Fail(place, problem.Item1, problem.Item2);
        return null;
    }
}
