namespace ControlPlane.Management;

/// <summary>A kind of problem, as GET /problems/{slug} explains it: everything that does not depend on the call.</summary>
/// <param name="Type">/problems/slug: its stable name.</param>
/// <param name="Title">The same for every occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Mend">What to do.</param>
internal sealed record ProblemKind(string Type, string Title, int Status, string Meaning, string Mend)
{
    /// <summary>What every type begins with.</summary>
    public const string Prefix = "/problems/";

    public static ProblemKind Invalid { get; } = new(Prefix + "invalid", "The request is not valid.", 400,
        "A member of the body is missing, unknown, sent twice or holds a value that it does not take.",
        "The detail names the member and what it takes. GET /openapi.json describes every body.");

    public static ProblemKind Unauthorized { get; } = new(Prefix + "unauthorized", "The manage key is missing or wrong.", 401,
        "Every call but GET /openapi.json and GET /problems needs the key of the management API.",
        "Send Authorization: Bearer with the manage key. The local host writes it to dev.env as MANAGE_KEY.");

    public static ProblemKind Forbidden { get; } = new(Prefix + "forbidden", "The caller may only look.", 403,
        "The token has the role Gateway.Read, and this call changes something.",
        "Use a token with the role Gateway.Manage, or the manage key.");

    public static ProblemKind NoConsumer { get; } = new(Prefix + "no-consumer", "There is no such consumer.", 404,
        "No consumer has this name now.",
        "Names are case-sensitive and percent-encoded in the path. GET /consumers lists them.");

    public static ProblemKind NoKey { get; } = new(Prefix + "no-key", "There is no such key.", 404,
        "No key has this id. The keys of a consumer that was removed are gone with it.",
        "The id is the 10 characters after sgw_live_ or sgw_test_, never the whole key. GET /keys lists them.");

    public static ProblemKind NoLimitState { get; } = new(Prefix + "no-limit-state", "Nothing is counted of this limit for this key.", 404,
        "No row stands for the limit and the key: nobody used it lately, the limit counts in each instance by itself (mode: local), or the name or the key is another.",
        "Give the parts of the key in the order of the limit's by, such as key=consumer%20acme&key=route%20list. Requests without a consumer are counted by address.");

    public static ProblemKind NoMesh { get; } = new(Prefix + "no-mesh", "There is no mesh here.", 404,
        "This control plane was started without a mesh, so it issues no certificates.",
        "Give it a trust domain and the mesh's services, and start it again; or call the control plane that has them.");

    public static ProblemKind NoWorkload { get; } = new(Prefix + "no-workload", "There is no such service in the mesh.", 404,
        "The mesh has no service of this name, so there is no certificate to rotate.",
        "GET /certificates lists the services. Names are in lower case.");

    public static ProblemKind NoCertificate { get; } = new(Prefix + "no-certificate", "There is no such certificate.", 404,
        "No certificate of a service of the mesh has this serial number, or the one that had it has expired.",
        "Give the whole serial number, as GET /certificates shows it. An authority is replaced with POST /authority/rotations.");

    public static ProblemKind NoRotation { get; } = new(Prefix + "no-rotation", "There is no such rotation.", 404,
        "No rotation has this id.",
        "GET /rotations lists them, the newest first.");

    public static ProblemKind NoRelease { get; } = new(Prefix + "no-release", "There is no such release.", 404,
        "No release has this id, or none is current and the packaged file serves.",
        "The id is the first 12 digits of the hash, in lower case. GET /releases lists them.");

    public static ProblemKind NoReleases { get; } = new(Prefix + "no-releases", "There are no releases here.", 404,
        "This control plane was started without blob storage, so it keeps no releases.",
        "Give it blob storage, and start it again; or call the control plane that has it.");

    public static ProblemKind NoSuchPath { get; } = new(Prefix + "no-such-path", "There is nothing here.", 404,
        "The management API has no such path.",
        "GET /openapi.json describes what there is.");

    public static ProblemKind MethodNotAllowed { get; } = new(Prefix + "method-not-allowed", "The method is not allowed here.", 405,
        "The path exists, but takes other methods.",
        "Use one of the methods in the Allow header of the answer.");

    public static ProblemKind ConsumerExists { get; } = new(Prefix + "consumer-exists", "The name is taken.", 409,
        "There is a consumer of this name already.",
        "Change that one with PATCH, or take another name.");

    public static ProblemKind TooManyKeys { get; } = new(Prefix + "too-many-keys", "The consumer has too many live keys.", 409,
        "A consumer may have 10 live keys, and 20 with those that were rotated and still overlap.",
        "Revoke a key that nobody needs, or rotate one instead of making another.");

    public static ProblemKind KeyEnded { get; } = new(Prefix + "key-ended", "The key is over.", 409,
        "The key is revoked, expired or was rotated already, and cannot be rotated.",
        "Rotate its successor, or create a new key.");

    public static ProblemKind ReleaseMoved { get; } = new(Prefix + "release-moved", "Another release is current.", 409,
        "The release in If-Match is not current any more, or one is where If-None-Match says that none is: somebody else was quicker.",
        "The detail says who moved it and why. Look at what is current now, and decide again.");

    public static ProblemKind Contended { get; } = new(Prefix + "contended", "Others changed the same record.", 409,
        "Others changed the same record at the same time, again and again.",
        "Try again.");

    public static ProblemKind TooLarge { get; } = new(Prefix + "too-large", "The body is too large.", 413,
        "The body is larger than any call of this API needs.",
        "The detail names the most that is read.");

    public static ProblemKind NotJson { get; } = new(Prefix + "not-json", "The body is not JSON.", 415,
        "The call has a body that is not said to be JSON.",
        "Send Content-Type: application/json (curl says otherwise unless told).");

    public static ProblemKind Internal { get; } = new(Prefix + "internal-error", "The control plane failed.", 500,
        "A fault of the control plane's own.",
        "The log says more under the id in the problem's instance.");

    public static ProblemKind Damaged { get; } = new(Prefix + "record-damaged", "A stored record cannot be read.", 500,
        "A row or a blob in storage was changed by hand, or written by a newer version of this software.",
        "The detail names the row and the column, or the blob: mend it, or update this side.");

    public static ProblemKind StorageAway { get; } = new(Prefix + "storage-away", "Storage does not answer.", 503,
        "Storage did not answer in time. The call may or may not have been carried out.",
        "Look before you repeat it, after the time in Retry-After.");

    public static ProblemKind MeshNotBegun { get; } = new(Prefix + "mesh-not-begun", "The mesh has not begun yet.", 503,
        "No trust bundle was published yet: the control plane has just started, or cannot make its first authority.",
        "Try again after the time in Retry-After. When it stays so, the control plane's log says what it waits for.");

    public static ProblemKind VaultAway { get; } = new(Prefix + "vault-away", "A vault does not answer.", 503,
        "A vault that holds keys of the mesh did not answer in time. The call may or may not have been carried out. Certificates in use are not touched.",
        "Look before you repeat it, after the time in Retry-After.");

    /// <summary>Every kind, by status.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        Invalid, Unauthorized, Forbidden, NoConsumer, NoKey, NoLimitState, NoMesh, NoWorkload, NoCertificate, NoRotation, NoRelease, NoReleases, NoSuchPath, MethodNotAllowed,
        ConsumerExists, TooManyKeys, KeyEnded, ReleaseMoved, Contended, TooLarge, NotJson, Internal, Damaged, StorageAway, MeshNotBegun, VaultAway,
    ];

    /// <summary>The kind of that slug, or null.</summary>
    public static ProblemKind? Find(string slug) => All.FirstOrDefault(kind => kind.Type.AsSpan(Prefix.Length).SequenceEqual(slug));
}
