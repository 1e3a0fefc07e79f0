using ControlPlane.Tests.Rotations.Model;

namespace ControlPlane.Tests.Rotations;

/// <summary>
/// The real procedures and changes of trust, in every world that can be reached within small bounds: instances at any lag, each step lost before
/// and after its effect, done twice and late. Every pair verifies at every instant, and every rotation comes to one of its ends.
/// The numbers: instances, authority, due leaves, failures, late effects, expiries; then worlds.
/// </summary>
public sealed class RotationCheckTests
{
    [Theory]
    [InlineData("Xxy", false, 1, 1, 1, 1, 0)]
    [InlineData("XXY", false, 2, 2, 1, 0, 0)]
    [InlineData("XY", true, 0, 1, 0, 0, 0)]
    [InlineData("XY", true, 0, 1, 1, 0, 0)]
    [InlineData("XY", true, 1, 1, 0, 0, 0)]
    public void EveryPair_Verifies_AndEveryRotationEnds(string peers, bool authority, int due, int failures, int late, int expiries, int worlds) =>
        Check.Holds(new(peers, authority, due, failures, late, expiries), worlds);
}
