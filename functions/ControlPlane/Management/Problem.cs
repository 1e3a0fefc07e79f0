namespace ControlPlane.Management;

/// <summary>The body of a refusal: RFC 9457.</summary>
/// <param name="Type">/problems/slug: stable name of the kind, and where it is explained.</param>
/// <param name="Title">The same for every occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong this time and what to do.</param>
/// <param name="Instance">The call's id; the log has it too.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string? Instance = null)
{
    public static Problem Of(Refusal refusal) => Of(KindOf(refusal.Reason), refusal.Detail);

    public static Problem Invalid(string detail) => Of(ProblemKind.Invalid, detail);

    public static Problem TooLarge(int limit) => Of(ProblemKind.TooLarge, $"At most {limit} bytes are read.");

    public static Problem NotJson(string members) =>
        Of(ProblemKind.NotJson, $"Send Content-Type: application/json and a JSON object with {members}.");

    public static Problem NoSuchPath { get; } = Of(ProblemKind.NoSuchPath, ProblemKind.NoSuchPath.Mend);

    public static Problem NoSuchKind { get; } = Of(ProblemKind.NoSuchPath, "There is no problem of this name.");

    public static Problem OtherMethod(string allow) => Of(ProblemKind.MethodNotAllowed, $"This path takes {allow}.");

    public static Problem NoKey { get; } = Of(ProblemKind.Unauthorized, "Send Authorization: Bearer with the manage key.");

    public static Problem MayOnlyLook { get; } = Of(ProblemKind.Forbidden, ProblemKind.Forbidden.Mend);

    public static Problem StorageAway { get; } = Of(ProblemKind.StorageAway, "The call may or may not have been carried out: look before you repeat it.");

    public static Problem VaultAway { get; } = Of(ProblemKind.VaultAway, "The call may or may not have been carried out: look before you repeat it.");

    public static Problem Damaged(string fault) => Of(ProblemKind.Damaged, fault);

    public static Problem Internal { get; } = Of(ProblemKind.Internal, "The log says more under the call's id.");

    private static Problem Of(ProblemKind kind, string detail) => new(kind.Type, kind.Title, kind.Status, detail);

    private static ProblemKind KindOf(RefusalReason reason) => reason switch
    {
        RefusalReason.Invalid => ProblemKind.Invalid,
        RefusalReason.NoConsumer => ProblemKind.NoConsumer,
        RefusalReason.NoKey => ProblemKind.NoKey,
        RefusalReason.NoLimitState => ProblemKind.NoLimitState,
        RefusalReason.NoMesh => ProblemKind.NoMesh,
        RefusalReason.NoWorkload => ProblemKind.NoWorkload,
        RefusalReason.NoCertificate => ProblemKind.NoCertificate,
        RefusalReason.NoRotation => ProblemKind.NoRotation,
        RefusalReason.NoRelease => ProblemKind.NoRelease,
        RefusalReason.NoReleases => ProblemKind.NoReleases,
        RefusalReason.ConsumerExists => ProblemKind.ConsumerExists,
        RefusalReason.TooManyKeys => ProblemKind.TooManyKeys,
        RefusalReason.KeyEnded => ProblemKind.KeyEnded,
        RefusalReason.ReleaseMoved => ProblemKind.ReleaseMoved,
        RefusalReason.Contended => ProblemKind.Contended,
        RefusalReason.MeshNotBegun => ProblemKind.MeshNotBegun,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Add the new reason to this table."),
    };
}
