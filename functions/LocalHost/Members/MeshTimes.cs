using ControlPlane.Rotations;
using ControlPlane.Trust;

namespace LocalHost.Members;

/// <summary>The times of the local mesh. Shorter than on Azure, because there is one machine, one clock, and somebody who watches.</summary>
internal sealed record MeshTimes
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public required TimeSpan LeafLife { get; init; }

    public required TimeSpan Poll { get; init; }

    /// <summary>How long the mesh goes on without storage.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>How long a connection takes new requests, and again how long requests under way go on after a change.</summary>
    public required TimeSpan ConnectionAge { get; init; }

    public required TimeSpan Skew { get; init; }

    /// <summary>For leaves that live this long; everything else in proportion, up to what is convenient on a laptop.</summary>
    public static MeshTimes Of(TimeSpan? leafLife)
    {
        var life = leafLife ?? Day;
        return new()
        {
            LeafLife = life,
            Poll = Shorter(life / 60, TimeSpan.FromSeconds(2)),
            MaxAge = Shorter(life / 4, TimeSpan.FromMinutes(5)),
            ConnectionAge = Shorter(life / 12, TimeSpan.FromMinutes(1)),
            Skew = Shorter(life / 30, TimeSpan.FromSeconds(5)),
        };
    }

    public MeshSettings Settings(string trustDomain) => new() { TrustDomain = trustDomain, Poll = Poll, MaxAge = MaxAge };

    public RotationOptions Rotation => new()
    {
        Look = Poll / 2,
        Tick = Poll,
        FirstRetry = Poll / 2,
        StepPatience = Shorter(LeafLife / 4, TimeSpan.FromMinutes(2)),
        CanaryPatience = Shorter(LeafLife / 4, TimeSpan.FromMinutes(2)),
        AckPatience = MaxAge + Skew + (4 * Poll),
        ConnectionAge = 2 * ConnectionAge,
        Skew = Skew,
        LeafLife = LeafLife,
    };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
