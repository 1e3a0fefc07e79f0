using System.Net;

namespace Mesh.Calls;

/// <summary>Sends requests to one service over the mesh. Each takes the generation of connections that is right when it starts.</summary>
internal sealed class MeshHandler(MeshDestination destination, MeshHandlers owner) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<MeshGeneration> _draining = [];
    private MeshGeneration? _current;
    private bool _isDisposed;

    public MeshDestination Destination => destination;

    /// <summary>Cuts what was revoked, and retires what does not fit the trust as it is now.</summary>
    public void Follow()
    {
        lock (_lock)
        {
            _draining.RemoveAll(generation => generation.IsOver);
            _draining.ForEach(generation => generation.CutRefused());
            if (_current?.CutRefused() == true || !CurrentFits())
            {
                Retire();
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = AddressOf(request);
        await owner.Ready.Looked.WaitAsync(cancellationToken);
        owner.Learn(destination, address);
        var generation = Enter();
        try
        {
            return await generation.SendAsync(request, cancellationToken);
        }
        finally
        {
            generation.Leave();
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            if (disposing && !_isDisposed)
            {
                _isDisposed = true;
                Retire();
                owner.Forget(this);
            }
        }

        base.Dispose(disposing);
    }

    // Without TLS nobody proves anything; over QUIC it would not be done by us.
    private Uri AddressOf(HttpRequestMessage request)
    {
        if (request.RequestUri is not { Scheme: "https" } address)
        {
            throw new HttpRequestException($"Service {destination.Service} is called over the mesh: its address must begin with https.");
        }

        if (request.Version.Major > HttpVersion.Version20.Major || request.VersionPolicy == HttpVersionPolicy.RequestVersionOrHigher)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }

        return address;
    }

    private MeshGeneration Enter()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!CurrentFits())
            {
                Retire();
            }

            _current ??= Make();
            _current.Enter();
            return _current;
        }
    }

    private bool CurrentFits() => _current is { } current && owner.Trust.View is { } view && owner.Trust.Leaf is { } leaf && current.Fits(view, leaf);

    private MeshGeneration Make()
    {
        var view = owner.Trust.View ?? throw new MeshUnavailableException(MeshLack.Trust);
        // What is revoked would only be refused, in words that say nothing to whoever called us.
        var leaf = owner.Trust.Leaf is { } ours && !view.Bundle.Refuses(ours.SerialNumber) ? ours : throw new MeshUnavailableException(MeshLack.Leaf);
        return owner.Connections(destination, view, leaf);
    }

    private void Retire()
    {
        if (_current is { } old)
        {
            _current = null;
            _draining.Add(old);
            old.Leave();
            _ = EndAsync(old);
        }
    }

    private async Task EndAsync(MeshGeneration generation)
    {
        await Task.Delay(owner.Limits.Drain, owner.Time);
        generation.Dispose();
    }
}
