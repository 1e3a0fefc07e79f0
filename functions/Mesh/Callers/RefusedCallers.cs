using Mesh.Trust;

namespace Mesh.Callers;

/// <summary>Closes callers' connections as soon as a bundle refuses their certificates.</summary>
internal sealed class RefusedCallers(ITrust trust, CallerConnections connections) : IActsOnTrust
{
    public void Act()
    {
        if (trust.View is { } view)
        {
            connections.CloseRefused(view);
        }
    }
}
