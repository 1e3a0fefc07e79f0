using System.Globalization;

namespace Gateway.Configuration;

/// <summary>Runs every capability's rules and gives each error its place in the file.</summary>
internal static class ConfigValidator
{
    public static IEnumerable<ConfigError> Check(GatewayConfig config, ConfigNode root, IReadOnlyList<ConfigError> found, string file) =>
        from error in GatewayRules.All.SelectMany(rule => rule.Check(config))
        where !found.Any(earlier => IsFollowUp(error.Path, earlier.Path))
        let placed = Place(error, root, file)
        group placed by (placed.Line, placed.Column, placed.Problem) into same
        select same.First();

    // What could not be read is checked as if it were empty; what the rules say of that is no news.
    private static bool IsFollowUp(IReadOnlyList<string> path, IReadOnlyList<string> earlier)
    {
        var shared = path.Zip(earlier).TakeWhile(pair => pair.First == pair.Second).Count();
        return earlier.Count > 0 && (shared == earlier.Count || (shared == path.Count && earlier.Count == path.Count + 1));
    }

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
