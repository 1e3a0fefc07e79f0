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
    [InlineData("XXY", false, 1, 1, 1, 1, false, 36_590)]
    [InlineData("Xxy", false, 1, 1, 0, 1, false, 13_483)]
    [InlineData("Xy", false, 1, 1, 1, 1, true, 542_661)]
    [InlineData("XXY", true, 0, 1, 0, 0, false, 90_287)]
    [InlineData("Xxy", true, 0, 0, 1, 1, false, 41_606)]
    [InlineData("XY", true, 1, 0, 0, 0, false, 45_451)]
    [InlineData("XY", true, 0, 1, 1, 0, false, 358_170)]
    public void EveryPair_Verifies_AndEveryRotationEnds(string peers, bool authority, int due, int failures, int late, int expiries, bool isFine, int worlds) =>
        Check.Holds(new(peers, authority, due, failures, late, expiries) { IsFine = isFine }, worlds);

    [Theory]
    [InlineData("XY", false, 2, 2, 1, 0, false, 5_216_236)]
    [InlineData("XXY", false, 1, 1, 0, 1, true, 468_689)]
    [InlineData("XXY", true, 1, 0, 1, 1, false, 9_247_252)]
    [InlineData("XY", true, 1, 0, 1, 0, false, 494_764)]
    [InlineData("XY", true, 1, 1, 0, 0, false, 3_578_217)]
    [InlineData("XXY", true, 0, 1, 0, 1, false, 524_146)]
    public void EveryPair_InALargerModel_Verifies(string peers, bool authority, int due, int failures, int late, int expiries, bool isFine, int worlds)
    {
        Check.OnlyWhenSoaking();
        Check.Holds(new(peers, authority, due, failures, late, expiries) { IsFine = isFine }, worlds);
    }
}
