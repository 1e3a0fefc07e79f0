namespace Gateway.Tests.Requests;

/// <summary>Attack paths under /public/, and what a careless service makes of a path.</summary>
internal static class Traversal
{
    /// <summary>Every combination of spellings of "..", of the slash after it, of depths and of what follows.</summary>
    public static IEnumerable<string> Attacks()
    {
        string[] dots = ["..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%25252e%25252e", "..;", "..;a=b", "%2e%2e;", "..%3b", "..%00", "..%2500", "%c0%ae%c0%ae", "%e0%80%ae.", "....", "...", "%u002e%u002e", "..%09", "..%20", "%c0%2e%c0%2e"];
        string[] slashes = ["/", "//", "/./", "%2f", "%2F", "%252f", "%25252f", "\\", "%5c", "%255c", "%c0%af", "%2f%2f", "/%2e/", "/;/"];
        string[] ends = ["admin", "admin/", "admin/users", "%61dmin", "admin%2fusers", "admin;x", "/admin", "%2fadmin", "./admin"];
        return from dot in dots
               from slash in slashes
               from end in ends
               from depth in new[] { 1, 2, 3 }
               from start in new[] { "/public/", "/public/a/", "/public//", "/public%2f", "/public/;/" }
               select start + string.Concat(Enumerable.Repeat(dot + slash, depth)) + end;
    }

    /// <summary>True when some order of decoding again, merging slashes and resolving dot segments turns the path into one under the prefix.</summary>
    public static bool Reaches(string path, string prefix)
    {
        var decoded = path;
        for (var times = 0; times < 3; times++)
        {
            foreach (var merged in new[] { decoded, Merge(decoded) })
            {
                foreach (var slashed in new[] { merged, Merge(merged.Replace('\\', '/')), StripParameters(merged) })
                {
                    var resolved = Resolve(slashed);
                    if (resolved.StartsWith(prefix, StringComparison.Ordinal) || Merge(resolved).StartsWith(prefix, StringComparison.Ordinal))
                    {
                        return true;
                    }
                }
            }

            decoded = Uri.UnescapeDataString(decoded);
        }

        return false;
    }

    private static string Merge(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
        {
            path = path.Replace("//", "/", StringComparison.Ordinal);
        }

        return path;
    }

    private static string StripParameters(string path) => string.Join('/', path.Split('/').Select(segment => segment.Split(';')[0]));

    private static string Resolve(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/').Skip(1))
        {
            if (segment == "..")
            {
                kept = kept[..Math.Max(0, kept.Count - 1)];
            }
            else if (segment != ".")
            {
                kept.Add(segment);
            }
        }

        return "/" + string.Join('/', kept);
    }
}
