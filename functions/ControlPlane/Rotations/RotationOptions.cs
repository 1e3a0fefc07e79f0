using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>How long a rotation waits, and for what.</summary>
public sealed record RotationOptions
{
    /// <summary>Between two looks at what is waited for.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long a step that fails is tried again, while vault or storage is away.</summary>
    public TimeSpan StepPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The first wait before a step is tried again; each is twice the one before, up to a minute.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a candidate may take to prove itself.</summary>
    public TimeSpan CanaryPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the peers may take to act on a bundle: more than the bundle's MaxAge, after which a peer that fell silent is not waited for.</summary>
    public TimeSpan AckPatience { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The greatest age of a connection of the mesh.</summary>
    public TimeSpan ConnectionAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far two clocks may be apart.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>By how much a certificate is back-dated, for clocks that are behind.</summary>
    public TimeSpan BackDate { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a leaf lives, from when it is issued.</summary>
    public TimeSpan LeafLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long an authority lives, from when it is prepared.</summary>
    public TimeSpan AuthorityLife { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The share of its life after which an authority is rotated.</summary>
    public double AuthorityShare { get; init; } = 0.5;

    /// <summary>How often it is looked for what is due or died.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a leaf is rotated anew for another authority before that counts as failed.</summary>
    public int LeafAttempts { get; init; } = 3;

    /// <summary>How long after a rotation went back the next one is due: an hour, or a twentieth of a leaf's life where that is less.</summary>
    public TimeSpan LengthOfPause => LeafLife / 20 < TimeSpan.FromHours(1) ? LeafLife / 20 : TimeSpan.FromHours(1);

    /// <summary>The same where it is urgent: a minute at most.</summary>
    public TimeSpan LengthOfShortPause => LengthOfPause < TimeSpan.FromMinutes(1) ? LengthOfPause : TimeSpan.FromMinutes(1);

    /// <summary>True: a service with this in use would be without a valid certificate before a pause is over.</summary>
    public bool IsUrgent(LeafVersion? used, DateTimeOffset now) => used is null || used.Expires <= now + LengthOfPause;

    /// <summary>After so long a silence an instance acts on nothing any more, if this bundle was the last that it confirmed.</summary>
    public TimeSpan SilenceOf(TrustBundle bundle) => bundle.MaxAge + Skew + bundle.Poll;

    /// <summary>How long a drain takes.</summary>
    public TimeSpan LengthOf(Drain drain) => ConnectionAge + Skew + (drain == Drain.Leaves ? LeafLife : TimeSpan.Zero);
}
