namespace ControlPlane.Tests.Rotations.Model;

/// <summary>What happened between two worlds; its text is made only where it is read.</summary>
internal readonly record struct Move(object Who, string What, int Sequence = -1)
{
    public override string ToString() => $"{Who} {What}{(Sequence < 0 ? "" : $" {Sequence}")}";
}
