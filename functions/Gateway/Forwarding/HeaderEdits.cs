using Gateway.Templates;
using Gateway.Upstreams;

namespace Gateway.Forwarding;

/// <summary>A route's rules for the header fields that a service is sent.</summary>
internal sealed class HeaderEdits(HeaderRulesConfig? rules)
{
    private readonly (string Name, Template Value)[] _set = [.. (rules?.Set ?? new Dictionary<string, string>()).Select(rule => (rule.Key, Parse(rule.Value)))];

    private readonly string[] _gone = [.. rules?.Remove ?? [], .. rules?.Set.Keys ?? []];

    /// <summary>Fills the values in. The failure is that of a value that cannot stand in a field.</summary>
    public FilledHeaders Fill(ITemplateValues values, out Filling? failure)
    {
        failure = null;
        if (_gone.Length == 0)
        {
            return FilledHeaders.None;
        }

        var set = new List<KeyValuePair<string, string>>(_set.Length);
        foreach (var (name, template) in _set)
        {
            var filling = template.FillHeader(values);
            if (filling.Text is { } value)
            {
                set.Add(new(name, value));
            }
            else if (filling.IsMalformed)
            {
                failure = filling;
            }
        }

        return new FilledHeaders(_gone, set);
    }

    /// <summary>Parses what the validator has let through.</summary>
    internal static Template Parse(string text) =>
        Template.TryParse(text, TemplateSources.Request, out var template, out var error) ? template : throw new FormatException(error);
}

/// <summary>The rules with the values of one request. A value that is not there leaves its field unset, and does not let the client's stand in for it.</summary>
internal sealed record FilledHeaders(IReadOnlyList<string> Gone, IReadOnlyList<KeyValuePair<string, string>> Set)
{
    public static FilledHeaders None { get; } = new([], []);

    public void Apply(IRequestFields fields)
    {
        foreach (var name in Gone)
        {
            fields.Remove(name);
        }

        foreach (var (name, value) in Set)
        {
            fields.Add(name, value);
        }
    }
}
