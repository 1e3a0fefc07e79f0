using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace LocalHost.Vault.Protocol;

/// <summary>One page of a list, and where the next one is.</summary>
internal static class VaultPage
{
    private const int Most = 25;
    private const string SkipToken = "$skiptoken";

    /// <summary>Sorted by key, not by time: the real vault promises no order either, and nobody should come to need one.</summary>
    public static VaultAnswer Of<T>(VaultCall call, string path, IEnumerable<T> items, Func<T, string> keyOf, Func<T, JsonObject> show)
    {
        var size = SizeOf(call);
        var after = call.Query[SkipToken].ToString();
        var rest = items.OrderBy(keyOf, StringComparer.Ordinal).SkipWhile(item => string.CompareOrdinal(keyOf(item), after) <= 0).Take(size + 1).ToList();
        var page = rest.Take(size).ToList();
        var next = rest.Count > size ? $"{call.Root}/{path}{Continued(call, keyOf(page[^1]))}" : null;
        return VaultAnswer.Ok(new() { ["value"] = new JsonArray([.. page.Select(show)]), ["nextLink"] = next });
    }

    // The same question from a later place on.
    private static QueryString Continued(VaultCall call, string after) =>
        QueryString.Create([.. call.Query.Where(parameter => parameter.Key != SkipToken), KeyValuePair.Create(SkipToken, new StringValues(after))]);

    private static int SizeOf(VaultCall call)
    {
        var text = call.Query["maxresults"].ToString();
        return text.Length == 0 ? Most
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= Most ? size
            : throw VaultRefusal.BadParameter($"maxresults must be between 1 and {Most}.");
    }
}
