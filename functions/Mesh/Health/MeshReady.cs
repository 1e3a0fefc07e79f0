namespace Mesh.Health;

/// <summary>Tells when this process can make and take mesh calls. A backend that must not start before that awaits it; the front door does not.</summary>
public sealed class MeshReady
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal MeshReady()
    {
    }

    /// <summary>Ends when a bundle is acted on and a certificate is there for the first time. <see cref="MeshStatus"/> says how it stands later.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _ready.Task.WaitAsync(cancellation);

    /// <summary>Ends when that was tried once, whatever came of it: a call that comes sooner waits for it.</summary>
    internal Task Looked => _looked.Task;

    internal void Look(bool isReady)
    {
        if (isReady)
        {
            _ready.TrySetResult();
        }

        _looked.TrySetResult();
    }
}
