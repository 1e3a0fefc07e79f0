namespace Mesh.Trust;

/// <summary>Something that lives longer than one handshake, such as connections, and has to follow when the bundle or our certificate changes.</summary>
internal interface IActsOnTrust
{
    /// <summary>Looks at the trust as it is now. When this returns nothing acts on what was before, so that the new bundle may be acknowledged.</summary>
    void Act();
}
