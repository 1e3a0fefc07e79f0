using System.Globalization;

namespace Benchmarks.SideBySide.Processes;

/// <summary>What /proc/ID/stat says of a process (proc(5)).</summary>
/// <param name="Ticks">User and system time, of threads that ended too.</param>
/// <param name="TicksOfChildren">The same of children that ended and were waited for.</param>
internal readonly record struct ProcessStat(int Id, int Parent, long Ticks, long TicksOfChildren)
{
    // Counted from the state, which is the first field after the name.
    private const int ParentField = 1;
    private const int UserField = 11;
    private const int SystemField = 12;
    private const int ChildrenUserField = 13;
    private const int ChildrenSystemField = 14;

    public static ProcessStat Parse(string text)
    {
        // The name stands in brackets and may hold brackets and blanks itself.
        var id = int.Parse(text.AsSpan(0, text.IndexOf(' ')), CultureInfo.InvariantCulture);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new(id, (int)Field(ParentField), Field(UserField) + Field(SystemField), Field(ChildrenUserField) + Field(ChildrenSystemField));

        long Field(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
    }
}
