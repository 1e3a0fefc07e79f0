namespace Benchmarks.SideBySide.Processes;

/// <summary>Where a process runs.</summary>
internal enum Core
{
    /// <summary>The proxies.</summary>
    Proxy,

    /// <summary>Client, backend and all else.</summary>
    Rest,

    /// <summary>What is done before anything is measured.</summary>
    Any,
}
