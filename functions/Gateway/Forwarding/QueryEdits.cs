using System.Text;
using Gateway.Templates;

namespace Gateway.Forwarding;

/// <summary>Query parameters that are set or removed; all others keep their bytes and their order.</summary>
internal sealed class QueryEdits(QueryRulesConfig? rules)
{
    private readonly (string Name, Template Value)[] _set = [.. (rules?.Set ?? new Dictionary<string, string>()).Select(rule => (rule.Key, HeaderEdits.Parse(rule.Value)))];

    private readonly HashSet<string> _gone = [.. rules?.Remove ?? [], .. rules?.Set.Keys ?? []];

    /// <summary>The query with its question mark, or empty.</summary>
    public string Apply(string query, ITemplateValues values)
    {
        if (_gone.Count == 0)
        {
            return query;
        }

        var kept = new StringBuilder();
        foreach (var parameter in query.TrimStart('?').Split('&'))
        {
            if (parameter.Length > 0 && !_gone.Contains(Name(parameter)))
            {
                Append(kept, parameter);
            }
        }

        foreach (var (name, template) in _set)
        {
            // A value that is not there leaves the parameter unset; what the client sent under its name does not stand in for it.
            if (template.FillQuery(values).Text is { } value)
            {
                Append(kept, $"{Uri.EscapeDataString(name)}={value}");
            }
        }

        return kept.ToString();
    }

    private static void Append(StringBuilder query, string parameter) => query.Append(query.Length == 0 ? '?' : '&').Append(parameter);

    private static string Name(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        return Uri.UnescapeDataString((equals < 0 ? parameter : parameter[..equals]).Replace('+', ' '));
    }
}
