using System.Globalization;

namespace Gateway.Configuration;

/// <summary>Runs every capability's rules and gives each error its place in the file.</summary>
internal static class ConfigValidator
{
    public static IEnumerable<ConfigError> Check(GatewayConfig config, IReadOnlyList<IConfigRule> rules, ConfigNode root, Reading reading, string file) =>
        from error in rules.SelectMany(rule => rule.Check(config))
        where !reading.Errors.Any(earlier => earlier.Path.Count > 0 && Begins(error.Path, earlier.Path))
            && (error.IsOfItsOwn || !reading.Errors.Any(earlier => earlier.Path.Count == error.Path.Count + 1 && Begins(earlier.Path, error.Path)))
        let placed = Place(error, root, file)
        group placed by (placed.Line, placed.Column, placed.Problem) into same
        select same.First();

    // What could not be read is checked as if it were empty; what the rules say of that is no news.
    private static bool Begins(IReadOnlyList<string> path, IReadOnlyList<string> beginning) =>
        path.Count >= beginning.Count && beginning.Index().All(item => path[item.Index] == item.Item);

    private static ConfigError Place(ConfigError error, ConfigNode root, string file)
    {
        var (node, place) = (root, root.Place);
        for (var index = 0; index < error.Path.Count; index++)
        {
            // A short form leaves out names and indexes that a path has: the nearest place that is there counts.
            var segment = error.Path[index];
            if (node is MappingNode mapping && mapping.Find(segment) is { } entry)
            {
                (node, place) = (entry.Value, error.AtKey && index == error.Path.Count - 1 ? entry.KeyPlace : entry.Place);
            }
            else if (node is ListNode list && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var item) && item < list.Items.Count)
            {
                (node, place) = (list.Items[item], list.Items[item].Place);
            }
        }

        return error with { File = file, Line = place.Line, Column = place.Column };
    }
}
