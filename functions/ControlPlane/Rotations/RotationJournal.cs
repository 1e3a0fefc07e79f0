using System.Security.Cryptography;
using System.Text.Json;
using ControlPlane.Storage;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>
/// Where rotations are kept. A step's result is written by compare-and-swap before the next step begins, so that of two runners of one rotation
/// one goes on and the other sees that it was overtaken.
/// </summary>
internal sealed class RotationJournal(IRecordStore<RotationRecord> store, TimeProvider time)
{
    /// <summary>What the authority's rotations have in the place of a service's name.</summary>
    public const string Authority = "authority";

    // More than an operator looks at, for each certificate.
    private const int Kept = 100;

    /// <summary>The rotation of this certificate that runs. Null: none.</summary>
    public async Task<KeptRotation?> FindRunningAsync(string certificate, CancellationToken cancellation) =>
        await store.FindAsync(certificate, cancellation) is { } stored ? Read(stored) : null;

    /// <summary>A rotation by its id, running or over.</summary>
    public async Task<RotationRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        if (!IsId(id))
        {
            return null;
        }

        var certificate = id.Split('.')[0];
        return await FindRunningAsync(certificate, cancellation) is { } running && running.Record.Id == id
            ? running.Record
            : (await store.FindAsync(id, cancellation))?.Record;
    }

    /// <summary>All rotations, the newest first. One that was cut off on its way into the history still runs: somebody has to take its row away.</summary>
    public async Task<IReadOnlyList<RotationRecord>> ListAsync(CancellationToken cancellation)
    {
        var all = await store.ListAsync(cancellation).ToListAsync(cancellation);
        return [.. all.OrderByDescending(record => record.Started).ThenBy(record => record.Id, StringComparer.Ordinal).ThenBy(record => record.Finished is not null).DistinctBy(record => record.Id)];
    }

    /// <summary>Begins a rotation, unless one runs: then gives that.</summary>
    public async Task<(RotationRecord Record, bool IsNew)> BeginAsync(string certificate, string reason, CancellationToken cancellation)
    {
        while (true)
        {
            var started = time.GetUtcNow();
            var record = new RotationRecord
            {
                Id = RotationRecord.NewId(certificate, started, RandomNumberGenerator.GetHexString(6, lowercase: true)),
                Certificate = certificate,
                Reason = reason,
                Started = started,
                Procedure = Procedures.Current,
                Steps = Write([]),
            };
            if (await store.TryAddAsync(record, cancellation))
            {
                return (record, true);
            }

            if (await FindRunningAsync(certificate, cancellation) is { } running)
            {
                return (running.Record, false);
            }
        }
    }

    /// <summary>Keeps a step. False: another runner was quicker.</summary>
    public Task<bool> TryKeepAsync(KeptRotation rotation, FinishedStep step, CancellationToken cancellation) =>
        store.TryReplaceAsync(rotation.Record with { Steps = Write([.. rotation.Steps, step]) }, rotation.Tag, cancellation);

    /// <summary>Puts a rotation that is over among the history. May be done again after a crash in between.</summary>
    public async Task FinishAsync(KeptRotation rotation, RotationOutcome outcome, CancellationToken cancellation)
    {
        await store.TryAddAsync(rotation.Record with { Finished = time.GetUtcNow(), Outcome = JsonSerializer.Serialize(outcome, RotationJson.Default.RotationOutcome) }, cancellation);
        await store.TryRemoveAsync(rotation.Record, rotation.Tag, cancellation);
    }

    /// <summary>Shortens a certificate's history. What cannot be forgotten now is forgotten after the next rotation.</summary>
    public async Task ForgetAsync(string certificate, CancellationToken cancellation)
    {
        try
        {
            var history = (await ListAsync(cancellation)).Where(record => record.Certificate == certificate && record.Finished is not null);
            foreach (var old in history.Skip(Kept))
            {
                await RemoveAsync(old.Id, cancellation);
            }
        }
        catch (StorageAwayException)
        {
        }
    }

    /// <summary>The finished steps of a record.</summary>
    public static IReadOnlyList<FinishedStep> StepsOf(RotationRecord record) => JsonSerializer.Deserialize(record.Steps, RotationJson.Default.IReadOnlyListFinishedStep)!;

    /// <summary>What came of a rotation that is over.</summary>
    public static RotationOutcome? OutcomeOf(RotationRecord record) =>
        record.Outcome is { } outcome ? JsonSerializer.Deserialize(outcome, RotationJson.Default.RotationOutcome) : null;

    private async Task RemoveAsync(string id, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is { } stored)
        {
            await store.TryRemoveAsync(stored.Record, stored.Tag, cancellation);
        }
    }

    // What somebody asks for must not become a row's key as it is.
    private static bool IsId(string id) => id.Count(letter => letter == '.') == 2 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-');

    private static KeptRotation Read(Stored<RotationRecord> stored) => new(stored.Record, stored.Tag, StepsOf(stored.Record));

    private static string Write(IReadOnlyList<FinishedStep> steps) => JsonSerializer.Serialize(steps, RotationJson.Default.IReadOnlyListFinishedStep);
}

/// <summary>A running rotation as it is kept, with the tag that a write of it has to name.</summary>
internal sealed record KeptRotation(RotationRecord Record, string Tag, IReadOnlyList<FinishedStep> Steps);
