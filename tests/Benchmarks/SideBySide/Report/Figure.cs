using System.Globalization;

namespace Benchmarks.SideBySide.Report;

/// <summary>A figure as tables have it.</summary>
internal static class Figure
{
    /// <summary>A dash where there is none.</summary>
    public static string Text(double figure, string format, string unit = "") => double.IsNaN(figure) ? "–" : figure.ToString(format, CultureInfo.InvariantCulture) + unit;
}
