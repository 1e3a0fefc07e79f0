namespace Gateway.Tests.Limits.Simulation;

/// <summary>When something happens; at the same instant, what was scheduled first comes first.</summary>
internal readonly record struct VirtualOrder(long At, long Number) : IComparable<VirtualOrder>
{
    public int CompareTo(VirtualOrder other) => At != other.At ? At.CompareTo(other.At) : Number.CompareTo(other.Number);
}
