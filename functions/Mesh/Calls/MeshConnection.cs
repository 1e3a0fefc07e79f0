using System.Net.Security;
using System.Net.Sockets;

namespace Mesh.Calls;

/// <summary>A connection that can be cut while others read from it.</summary>
internal sealed class MeshConnection(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private readonly TaskCompletionSource _closed = new();

    /// <summary>Serial number of the server's mesh certificate. Null: it proved itself by public TLS.</summary>
    public string? Serial { get; set; }

    /// <summary>The connection as its user sees it.</summary>
    public SslStream? Secured { get; set; }

    /// <summary>Ends when somebody closed it.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Ends whatever reads or writes here, at once.</summary>
    public void Cut() => Dispose();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _closed.TrySetResult();
    }
}
