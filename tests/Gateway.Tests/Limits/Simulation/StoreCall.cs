namespace Gateway.Tests.Limits.Simulation;

/// <summary>One call to storage under way.</summary>
internal sealed class StoreCall<T>(Func<T> effect, T unknown, bool isAnswered)
{
    private readonly TaskCompletionSource<T> _caller = new();
    private T _answer = unknown;

    public Task<T> Task => _caller.Task;

    /// <summary>It happens in the table.</summary>
    public void Make()
    {
        var answer = effect();
        if (isAnswered)
        {
            _answer = answer;
        }
    }

    /// <summary>The caller goes on.</summary>
    public void End() => _caller.SetResult(_answer);
}
