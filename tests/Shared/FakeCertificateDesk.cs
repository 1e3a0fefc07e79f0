using ControlPlane;
using ControlPlane.Certificates;
using Records.Trust;

namespace Tests.Shared;

/// <summary>A mesh that lives in memory: two services, one authority, and rotations that go one step further at each look.</summary>
internal sealed class FakeCertificateDesk(TimeProvider time) : ICertificateDesk
{
    private static readonly string[] Steps = ["Issue", "Canary", "Activate", "AwaitAck", "AwaitDrain", "Retire"];

    private readonly List<RotationState> _rotations = [];

    public const string OrdersSerial = "4F1C9E02AB";
    public const string EchoSerial = "77D0A1B2C3";

    /// <summary>What every operation refuses with. Null: none does.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>True: the vault does not answer.</summary>
    public bool IsVaultAway { get; set; }

    /// <summary>Why rotations are rolled back at the canary. Null: they are not.</summary>
    public string? Failure { get; set; }

    public TrustBundle? Bundle { get; set; }

    public List<string> Asked { get; } = [];

    public Task<Outcome<MeshState>> ShowAsync(CancellationToken cancellation) => AnswerAsync<MeshState>("show", () => State());

    public Task<Outcome<StartedRotation>> RotateAsync(string service, CancellationToken cancellation) => AnswerAsync<StartedRotation>($"rotate {service}", () =>
        service is "orders" or "echo" ? Begin(service, RotationReason.Asked) : new Refusal(RefusalReason.NoWorkload, $"The mesh has no service {service}."));

    public Task<Outcome<StartedRotation>> RotateAuthorityAsync(CancellationToken cancellation) =>
        AnswerAsync<StartedRotation>("rotate authority", () => Begin(RotationState.Authority, RotationReason.Asked));

    public Task<Outcome<StartedRotation>> RevokeAsync(string serial, CancellationToken cancellation) => AnswerAsync<StartedRotation>($"revoke {serial}", () => serial switch
    {
        OrdersSerial => Begin("orders", RotationReason.Revoked),
        EchoSerial => Begin("echo", RotationReason.Revoked),
        _ => new Refusal(RefusalReason.NoCertificate, $"No certificate of the mesh has the serial number {serial}."),
    });

    public Task<Outcome<RotationList>> ListAsync(string? certificate, int limit, CancellationToken cancellation) => AnswerAsync<RotationList>($"list {certificate ?? "all"} {limit}", () =>
        new RotationList([.. _rotations.Where(rotation => certificate is null || rotation.Certificate == certificate).Reverse().Take(limit)]));

    public Task<Outcome<RotationState>> FindAsync(string id, CancellationToken cancellation) => AnswerAsync<RotationState>($"find {id}", () =>
        _rotations.FindIndex(rotation => rotation.Id == id) is >= 0 and var at ? _rotations[at] = Further(_rotations[at]) : new Refusal(RefusalReason.NoRotation, $"There is no rotation {id}."));

    public Task<Outcome<TrustBundle>> BundleAsync(CancellationToken cancellation) => AnswerAsync<TrustBundle>("bundle", () => Bundle!);

    private Task<Outcome<T>> AnswerAsync<T>(string asked, Func<Outcome<T>> answer)
        where T : class
    {
        Asked.Add(asked);
        return IsVaultAway ? throw new VaultAwayException("The vault did not answer.", null) : Task.FromResult(Refusal is { } refusal ? refusal : answer());
    }

    private MeshState State()
    {
        var now = time.GetUtcNow();
        return new()
        {
            At = now,
            TrustDomain = "contoso.internal",
            Sequence = 12,
            Issued = now.AddSeconds(-185),
            Authorities = [new("3fa9c2d1e0b7", "0A11", true, now.AddDays(-10), now.AddDays(355), Latest(RotationState.Authority))],
            Workloads =
            [
                new("echo", Version("v1", EchoSerial, now), null, 1, 1, Latest("echo")),
                new("orders", Version("v7", OrdersSerial, now), Version("v8", "9B00112233", now), 2, 1, Latest("orders")),
                new("reports", null, null, 0, 0, null),
            ],
            Peers =
            [
                Peer("echo", "e1", 12, EchoSerial, null, now),
                Peer("orders", "o1", 12, OrdersSerial, null, now),
                Peer("orders", "o2", 11, null, "Its vault does not answer.", now),
            ],
            Refused = [new("C0FFEE", now.AddHours(3))],
        };
    }

    private static LeafVersion Version(string version, string serial, DateTimeOffset now) =>
        new() { Version = version, Serial = serial, Authority = "3fa9c2d1e0b7", Issued = now.AddHours(-1), Expires = now.AddHours(23) };

    private static PeerState Peer(string service, string instance, long sequence, string? serial, string? problem, DateTimeOffset now) => new()
    {
        Service = service,
        Instance = instance,
        Sequence = sequence,
        Heartbeat = now.AddSeconds(-4),
        Serial = serial,
        Acknowledged = sequence == 12,
        Problem = problem,
    };

    private RotationState? Latest(string certificate) => _rotations.FindLast(rotation => rotation.Certificate == certificate) is { } found ? found with { Steps = null } : null;

    private StartedRotation Begin(string certificate, RotationReason reason)
    {
        if (_rotations.Find(rotation => rotation.Certificate == certificate && rotation.Outcome == RotationOutcome.Running) is { } running)
        {
            return new(running with { Steps = null }, false);
        }

        var begun = new RotationState
        {
            Id = $"r{_rotations.Count + 1}",
            Certificate = certificate,
            Reason = reason,
            Started = time.GetUtcNow(),
            Finished = null,
            Outcome = RotationOutcome.Running,
            Step = Steps[0],
            Detail = null,
            Steps = [new(Steps[0], time.GetUtcNow(), null)],
        };
        _rotations.Add(begun);
        return new(begun with { Steps = null }, true);
    }

    private RotationState Further(RotationState rotation)
    {
        if (rotation.Outcome != RotationOutcome.Running)
        {
            return rotation;
        }

        if (rotation.Step == "Canary" && Failure is not null)
        {
            return rotation with { Outcome = RotationOutcome.RolledBack, Finished = time.GetUtcNow(), Detail = Failure };
        }

        var next = rotation.Steps!.Count;
        return next == Steps.Length
            ? rotation with { Outcome = RotationOutcome.Rotated, Finished = time.GetUtcNow() }
            : rotation with { Step = Steps[next], Steps = [.. rotation.Steps, new(Steps[next], time.GetUtcNow(), null)] };
    }
}
