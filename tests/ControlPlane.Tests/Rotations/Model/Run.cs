namespace ControlPlane.Tests.Rotations.Model;

/// <summary>The rotations of one certificate: at most one at a time.</summary>
internal struct Run
{
    /// <summary>How many have begun.</summary>
    public byte Number;

    /// <summary>The journal of the one under way, as <see cref="Journals"/> counts them. 0: none is.</summary>
    public int Journal;
}
