using ControlPlane.Keys;
using ControlPlane.Storage;
using Records;

namespace ControlPlane.Consumers;

/// <summary>Where consumers are added, changed, suspended and removed.</summary>
public sealed class ConsumerDesk
{
    private readonly IRecordStore<ConsumerRecord> _consumers;
    private readonly KeyRing _ring;
    private readonly TimeProvider _time;

    internal ConsumerDesk(IRecordStore<ConsumerRecord> consumers, KeyRing ring, TimeProvider time) =>
        (_consumers, _ring, _time) = (consumers, ring, time);

    /// <summary>All consumers, by name.</summary>
    public async Task<IReadOnlyList<ConsumerRecord>> ListAsync(CancellationToken cancellation)
    {
        var consumers = new List<ConsumerRecord>();
        await foreach (var consumer in _consumers.ListAsync(cancellation))
        {
            consumers.Add(consumer);
        }

        consumers.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return consumers;
    }

    public async Task<Outcome<ConsumerRecord>> FindAsync(string name, CancellationToken cancellation) =>
        await _consumers.FindAsync(name, cancellation) is { } stored ? stored.Record : Missing(name);

    public async Task<Outcome<ConsumerRecord>> AddAsync(NewConsumer consumer, CancellationToken cancellation)
    {
        if (FieldRules.Name("name", consumer.Name) is { } refusal || Refuse(consumer.Plan, consumer.Groups, out refusal))
        {
            return refusal!;
        }

        var record = new ConsumerRecord
        {
            Name = consumer.Name,
            Plan = consumer.Plan,
            Groups = consumer.Groups ?? [],
            Created = _time.Now(),
        };
        return await _consumers.TryAddAsync(record, cancellation)
            ? record
            : new Refusal(RefusalReason.ConsumerExists, $"There is a consumer {record.Name} already. Change it, or take another name.");
    }

    public async Task<Outcome<ConsumerRecord>> ChangeAsync(string name, ConsumerChange change, CancellationToken cancellation)
    {
        if (Refuse(change.Plan, change.Groups, out var refusal))
        {
            return refusal!;
        }

        return await _consumers.ChangeAsync(name, Missing(name), consumer => consumer with
        {
            Plan = change.SetsPlan ? change.Plan : consumer.Plan,
            Groups = change.Groups ?? consumer.Groups,
        }, cancellation);
    }

    /// <summary>From now on (within 5 s) the gateway refuses the consumer, until it is resumed.</summary>
    public Task<Outcome<ConsumerRecord>> SuspendAsync(string name, CancellationToken cancellation) => SetSuspendedAsync(name, true, cancellation);

    public Task<Outcome<ConsumerRecord>> ResumeAsync(string name, CancellationToken cancellation) => SetSuspendedAsync(name, false, cancellation);

    /// <summary>Revokes the consumer's keys and removes them and its record. Gives the record as it was.</summary>
    public async Task<Outcome<ConsumerRecord>> RemoveAsync(string name, CancellationToken cancellation)
    {
        for (var round = 0; round < RecordChange.Rounds; round++)
        {
            if (await _consumers.FindAsync(name, cancellation) is not { } stored)
            {
                return Missing(name);
            }

            // Keys first: what is cut off half-way leaves a consumer that can be removed again, never a key that outlives its consumer.
            // A key that is added meanwhile changes the row, so that the removal begins again.
            await _ring.RemoveAllAsync(stored.Record, cancellation);
            if (await _consumers.TryRemoveAsync(stored.Record, stored.Tag, cancellation))
            {
                return stored.Record;
            }
        }

        return RecordChange.Contended;
    }

    internal static Refusal Missing(string name) => new(RefusalReason.NoConsumer, $"There is no consumer {name}. Names are case-sensitive.");

    private Task<Outcome<ConsumerRecord>> SetSuspendedAsync(string name, bool suspended, CancellationToken cancellation) =>
        _consumers.ChangeAsync(
            name,
            Missing(name),
            consumer => consumer.Suspended == suspended ? consumer : consumer with { Suspended = suspended },
            cancellation);

    private static bool Refuse(string? plan, IReadOnlyList<string>? groups, out Refusal? refusal)
    {
        refusal = (plan is null ? null : FieldRules.Name("plan", plan)) ?? FieldRules.Groups(groups ?? []);
        return refusal is not null;
    }
}
