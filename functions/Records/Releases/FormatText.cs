using System.Globalization;

namespace Records.Releases;

/// <summary>The format version of a blob: the current one is read, and the one before.</summary>
internal static class FormatText
{
    /// <summary>Null: it can be read.</summary>
    public static string? ProblemOf(string? version, int current) => int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? ProblemOf(number, current)
        : "Its format version is missing.";

    /// <inheritdoc cref="ProblemOf(string?, int)"/>
    public static string? ProblemOf(int version, int current) =>
        version >= 1 && version <= current && version >= current - 1 ? null : $"It has format {version}; this version reads {current} and the one before.";
}
