using System.Globalization;
using Gateway.Tests;

namespace Costs;

/// <summary>The most bytes that each step may allocate: the table in ceilings.md.</summary>
internal static class Ceilings
{
    private const string Introduction = """
        # The most bytes that a step of a request may allocate

        Held by `scripts/test Costs`; a tenth above what was measured, 128 bytes at most. `PIN=1 scripts/test Costs` measures and writes this table anew.

        | step | bytes at most | measured |
        |---|---|---|
        """;

    private const int MostRoom = 128;

    private static string Path => System.IO.Path.Combine(Repository.Root, "tests", "Costs", "ceilings.md");

    public static IReadOnlyDictionary<string, long> Read() => File.ReadLines(Path)
        .Select(static line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(static cells => cells.Length == 5 && long.TryParse(cells[2], CultureInfo.InvariantCulture, out _))
        .ToDictionary(static cells => cells[1], static cells => long.Parse(cells[2], CultureInfo.InvariantCulture));

    public static void Write(IEnumerable<(string Step, long Measured)> rows) =>
        File.WriteAllText(Path, $"{Introduction}\n{string.Concat(rows.Select(static row => string.Create(CultureInfo.InvariantCulture, $"| {row.Step} | {Above(row.Measured)} | {row.Measured} |\n")))}");

    // What allocates nothing is to stay so. The counts are exact: the room is for other releases of the runtime, and for changes not worth a word.
    private static long Above(long measured) => measured + Math.Min(measured / 10, MostRoom);
}
