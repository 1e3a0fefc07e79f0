namespace Gateway.Configuration;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest edits to the name, if they are few for its length.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        var (best, bestDistance) = ((string?)null, 1 + Math.Max(1, name.Length / 3));
        foreach (var candidate in candidates)
        {
            var distance = Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant(), bestDistance);
            if (distance < bestDistance && distance < candidate.Length)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>What to do about a name that is not among the valid ones.</summary>
    public static string Mend(string name, IReadOnlyCollection<string> valid, string whenNone)
    {
        if (Find(name, valid) is { } nearest)
        {
            return $"Did you mean '{nearest}'?";
        }

        return valid.Count == 0 ? whenNone : $"Use one of: {string.Join(", ", valid.Take(20))}.";
    }

    // Optimal string alignment: insert, delete, replace, swap of neighbours; row by row.
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit)
        {
            return limit;
        }

        int[] beforeLast = [], last = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, row);
        }

        return last[b.Length];
    }
}
