namespace LocalHost;

/// <summary>What one run starts, tells of, and stops.</summary>
internal interface ILocalSystem : IAsyncDisposable
{
    /// <summary>What was started, for the user.</summary>
    IReadOnlyList<(string Address, string What)> Started { get; }

    /// <summary>Backends that the configuration calls over the mesh and the user starts, and the file that each needs.</summary>
    IReadOnlyList<(string Service, string File)> Awaited { get; }

    /// <summary>Requests that the front door is serving now.</summary>
    int RequestsUnderWay { get; }

    /// <summary>What ends with this run, for the user.</summary>
    string Extent { get; }

    /// <summary>Lines for the user to try, once dev.env is sourced.</summary>
    IReadOnlyList<string> Examples();

    Task StartAsync(CancellationToken cancellation);
}
