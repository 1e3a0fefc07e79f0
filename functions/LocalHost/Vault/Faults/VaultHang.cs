namespace LocalHost.Vault.Faults;

/// <summary>A call that waits at the vault, with nothing done, until it is released.</summary>
internal sealed class VaultHang
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the call has come in.</summary>
    public Task Reached => _reached.Task;

    public void Release() => _released.TrySetResult();

    internal Task HoldAsync(CancellationToken caller)
    {
        _reached.TrySetResult();
        return _released.Task.WaitAsync(caller);
    }
}
