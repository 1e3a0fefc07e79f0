using System.Security.Cryptography;
using System.Text;
using ControlPlane.Storage;
using Records.Releases;

namespace ControlPlane.Releases;

/// <summary>Where configurations are stored, and where it is said which of them serves.</summary>
/// <param name="store">Where they are. Null: this control plane has no blob storage.</param>
internal sealed class ReleaseDesk(IReleaseStore? store, TimeProvider time)
{
    private static readonly Refusal None = new(
        RefusalReason.NoReleases, "This control plane has no blob storage, so it keeps no releases: every instance serves the file that it was deployed with.");

    /// <summary>Stores a configuration. That it is right has to be known before: only instances can tell what it means for them.</summary>
    public async Task<Outcome<AddedRelease>> AddAsync(string? text, CancellationToken cancellation)
    {
        if (store is null)
        {
            return None;
        }

        var (release, refusal) = Read(text);
        if (release is null)
        {
            return refusal!;
        }

        var isNew = await store.TryAddAsync(release, cancellation);
        var (at, _) = await store.ReadPointerAsync(cancellation);
        var stored = await store.ListAsync(release.Hash, cancellation);
        return stored is [var one] ? new AddedRelease(ReleaseState.Of(one, at), isNew) : Missing(release.Id);
    }

    public async Task<Outcome<ReleaseList>> ListAsync(int limit, CancellationToken cancellation)
    {
        if (store is null)
        {
            return None;
        }

        var (at, _) = await store.ReadPointerAsync(cancellation);
        var releases = (await store.ListAsync("", cancellation)).Select(release => ReleaseState.Of(release, at))
            .OrderByDescending(release => release.Current)
            .ThenByDescending(release => release.Activated ?? release.Stored)
            .ThenBy(release => release.Hash, StringComparer.Ordinal);
        return new ReleaseList(
            at is null ? null : ReleaseMoveState.Of(at.Last),
            ReleaseMoveState.IdOf(WayBack.From(at)),
            [.. releases.Take(limit)],
            [.. (at?.Moves ?? []).Select(ReleaseMoveState.Of)]);
    }

    public async Task<Outcome<ReleaseContent>> FindAsync(string id, CancellationToken cancellation)
    {
        if (store is null)
        {
            return None;
        }

        var (found, refusal) = await FindStoredAsync(store, id, cancellation);
        if (found is null)
        {
            return refusal!;
        }

        var (at, _) = await store.ReadPointerAsync(cancellation);
        return await store.FindAsync(found.Hash, cancellation) is { } release ? new ReleaseContent(ReleaseState.Of(found, at), release.Text) : Missing(id);
    }

    /// <summary>Instances serve this release from now on, within 10 s.</summary>
    /// <param name="expected">What the caller takes for current. Null: whatever is.</param>
    /// <param name="by">Who calls.</param>
    /// <param name="note">Why. Null: nothing is said.</param>
    public async Task<Outcome<ReleaseMoved>> ActivateAsync(string id, ReleaseExpectation? expected, string by, string? note, CancellationToken cancellation)
    {
        if (store is null)
        {
            return None;
        }

        if (FieldRules.Note(note) is { } invalid)
        {
            return invalid;
        }

        var (found, refusal) = await FindStoredAsync(store, id, cancellation);
        if (found is null)
        {
            return refusal!;
        }

        // Read whole, so that the pointer never goes to what no instance can read.
        return await store.FindAsync(found.Hash, cancellation) is { } release
            ? await MoveAsync(store, release.Hash, expected, by, note, cancellation)
            : Missing(id);
    }

    /// <summary>Instances serve the file that they were deployed with from now on, within 10 s.</summary>
    /// <inheritdoc cref="ActivateAsync"/>
    public async Task<Outcome<ReleaseMoved>> ClearAsync(ReleaseExpectation? expected, string by, CancellationToken cancellation) =>
        store is null ? None : await MoveAsync(store, null, expected, by, null, cancellation);

    private async Task<Outcome<ReleaseMoved>> MoveAsync(IReleaseStore releases, string? target, ReleaseExpectation? expected, string by, string? note, CancellationToken cancellation)
    {
        for (var round = 0; round < RecordChange.Rounds; round++)
        {
            var stored = await releases.ReadPointerAsync(cancellation);
            if (stored.Current == target)
            {
                // Also what a caller finds who repeats a call of which the answer was lost.
                return stored.Pointer is null || target is null ? Cleared : Moved(stored.Pointer.Last, target, isChanged: false);
            }

            if (expected?.Holds(stored.Current) == false)
            {
                return OtherThan(expected, stored.Pointer);
            }

            var move = new ReleaseMove { Id = RandomNumberGenerator.GetHexString(16, lowercase: true), Release = target, At = After(stored.Pointer), By = by, Note = note };
            if (await releases.TryMoveAsync(ReleasePointer.Moved(stored.Pointer, move), stored.Tag, cancellation))
            {
                return Moved(move, stored.Current, isChanged: true);
            }
        }

        return RecordChange.Contended;
    }

    // Later than the last move, whatever the clocks say: instances take the later for the newer.
    private DateTimeOffset After(ReleasePointer? at)
    {
        var now = time.Now();
        return at is not null && at.Last.At >= now ? at.Last.At.AddSeconds(1) : now;
    }

    private static async Task<Outcome<StoredRelease>> FindStoredAsync(IReleaseStore releases, string id, CancellationToken cancellation) =>
        !Release.IsIdOrMore(id) ? Missing(id) : await releases.ListAsync(id, cancellation) switch
        {
            [] => Missing(id),
            [var one] => one,
            _ => FieldRules.Invalid($"{id} begins the hash of several releases: give more of it."),
        };

    private static Outcome<Release> Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return FieldRules.Invalid("text is missing: give the configuration as it stands in its file.");
        }

        try
        {
            var size = Encoding.UTF8.GetByteCount(text);
            return size > Release.MostBytes ? FieldRules.Invalid($"text has {size} bytes; {Release.MostBytes} are allowed.") : Release.Of(text);
        }
        catch (EncoderFallbackException)
        {
            return FieldRules.Invalid("text holds half a character (a surrogate without its other half).");
        }
    }

    private static ReleaseMoved Moved(ReleaseMove move, string? replaced, bool isChanged) =>
        new(ReleaseMoveState.IdOf(move.Release), ReleaseMoveState.IdOf(replaced), isChanged, move.At, move.By, move.Note);

    private static Refusal Cleared { get; } = new(RefusalReason.NoRelease, "No release is current: the packaged file serves.");

    private static Refusal Missing(string id) => new(RefusalReason.NoRelease, $"There is no release {id}. GET /releases lists them.");

    private static Refusal OtherThan(ReleaseExpectation expected, ReleasePointer? at)
    {
        var (now, who) = at is null ? ("none", "") : (ReleaseMoveState.IdOf(at.Last.Release) ?? "none", $" since {at.Last.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, by {at.Last.By}{(at.Last.Note is { } note ? $" ({note})" : "")}");
        return new(RefusalReason.ReleaseMoved, $"The current release is {now}{who}, and not {expected}, as the call expects. Nothing was changed: look at it, and decide again.");
    }
}
