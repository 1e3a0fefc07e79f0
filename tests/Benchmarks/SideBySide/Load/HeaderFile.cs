namespace Benchmarks.SideBySide.Load;

/// <summary>A file of header fields, one a line, that requests take in turn.</summary>
internal sealed class HeaderFile(string path)
{
    public string Path => path;

    /// <summary>How many were sent: the next load goes on from there, so that none comes again too soon.</summary>
    public long Used { get; private set; }

    public void Use(long count) => Used += count;
}
