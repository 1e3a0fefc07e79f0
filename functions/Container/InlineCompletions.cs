namespace Container;

/// <summary>
/// What a socket has received is handled on the thread that was told of it, instead of being handed to another: the gateway waits for nothing
/// on these threads, and the hand-over costs more than the work (docs/decisions/0017-hot-path.md).
/// </summary>
internal static class InlineCompletions
{
    /// <summary>.NET's own switch, read with the first socket. Set it to 0 to have requests on the thread pool.</summary>
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    public static bool Preferred => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Before the first socket.</summary>
    public static void Prefer()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
