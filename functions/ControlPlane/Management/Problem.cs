namespace ControlPlane.Management;

/// <summary>The body of a refusal: RFC 9457.</summary>
/// <param name="Type">/problems/slug: stable name of the kind.</param>
/// <param name="Title">The same for every occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong this time and what to do.</param>
/// <param name="Instance">The call's id; the log has it too.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string? Instance = null)
{
    public static Problem Of(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.Invalid => Invalid(refusal.Detail),
        RefusalReason.NoConsumer => new("/problems/no-consumer", "There is no such consumer.", 404, refusal.Detail),
        RefusalReason.NoKey => new("/problems/no-key", "There is no such key.", 404, refusal.Detail),
        RefusalReason.ConsumerExists => new("/problems/consumer-exists", "The name is taken.", 409, refusal.Detail),
        RefusalReason.TooManyKeys => new("/problems/too-many-keys", "The consumer has too many live keys.", 409, refusal.Detail),
        RefusalReason.KeyEnded => new("/problems/key-ended", "The key is over.", 409, refusal.Detail),
        RefusalReason.Contended => new("/problems/contended", "Others changed the same record.", 409, refusal.Detail),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Reason, "Add the new reason to this table."),
    };

    public static Problem Invalid(string detail) => new("/problems/invalid", "The request is not valid.", 400, detail);

    public static Problem TooLarge(int limit) => new("/problems/too-large", "The body is too large.", 413, $"At most {limit} bytes are read.");

    public static Problem NotJson(string members) => new(
        "/problems/not-json", "The body is not JSON.", 415, $"Send Content-Type: application/json and a JSON object with {members}.");

    public static Problem NoSuchPath { get; } = new(
        "/problems/no-such-path", "There is nothing here.", 404, "GET /openapi.json describes what there is.");

    public static Problem OtherMethod(string allow) => new(
        "/problems/method-not-allowed", "The method is not allowed here.", 405, $"This path takes {allow}.");

    public static Problem NoKey { get; } = new(
        "/problems/unauthorized", "The manage key is missing or wrong.", 401, "Send Authorization: Bearer with the manage key.");

    public static Problem StorageAway { get; } = new(
        "/problems/storage-away",
        "Storage does not answer.",
        503,
        "The call may or may not have been carried out: look before you repeat it.");

    public static Problem Damaged(string fault) => new("/problems/record-damaged", "A stored record cannot be read.", 500, fault);

    public static Problem Internal { get; } = new(
        "/problems/internal-error", "The control plane failed.", 500, "The log says more under the call's id.");
}
