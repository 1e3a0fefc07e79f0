namespace ControlPlane.Rotations;

/// <summary>What has to come to its end before something is retired.</summary>
public enum Drain
{
    /// <summary>Connections that the certificate before authenticated: the greatest age of a connection, and skew.</summary>
    Connections,

    /// <summary>Every certificate that the root before signed: the longest life of a leaf, the greatest age of a connection, and skew.</summary>
    Leaves,
}
