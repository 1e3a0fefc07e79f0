using Gateway.Authentication;
using Gateway.Authentication.ApiKeys;
using Gateway.Storage;
using Gateway.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;
using Records;
using Tests.Shared;

namespace Gateway.Tests.Authentication.ApiKeys;

/// <summary>Tables with consumers and keys, and instances of the gateway that read them.</summary>
internal sealed class KeyWorld : IDisposable
{
    public static readonly Pepper OldPepper = new(1, [.. Enumerable.Repeat((byte)1, Pepper.MinimumBytes)]);
    public static readonly Pepper NewPepper = new(2, [.. Enumerable.Repeat((byte)2, Pepper.MinimumBytes)]);

    private readonly List<StorageWorld> _worlds = [];

    public KeyWorld() => Storage = NewStorage();

    public StorageWorld Storage { get; }

    public FakeTables Tables { get; } = new();

    public LastUseNotes? Notes { get; private set; }

    /// <summary>One instance of the gateway, with caches of its own.</summary>
    public Instance Start(Peppers? peppers = null, StorageWorld? storage = null, IPepperSource? source = null)
    {
        storage ??= Storage;
        var keys = new KeyCache(Source<KeyRecord>(storage), storage.Time, storage.Metrics);
        var consumers = new ConsumerCache(Source<ConsumerRecord>(storage), storage.Time, storage.Metrics);
        Notes = new(storage.Time);
        return new(new(source ?? new FixedPeppers(peppers ?? new(NewPepper, OldPepper)), keys, consumers, Notes, new(new(storage.Meters))), keys);
    }

    public void AddConsumer(string name, string? plan = null, bool suspended = false) =>
        Plant(new ConsumerRecord { Name = name, Plan = plan, Groups = ["partners"], Suspended = suspended, Created = DateTimeOffset.UnixEpoch });

    /// <summary>A key of that consumer, stored; gives its text.</summary>
    public ApiKeyText AddKey(string consumer, Pepper? pepper = null, Func<KeyRecord, KeyRecord>? change = null)
    {
        var text = ApiKeyText.Create(ApiKeyKind.Live, pepper ?? NewPepper);
        Put(text, consumer, pepper, change);
        return text;
    }

    /// <summary>Writes the row of a key (again).</summary>
    public void Put(ApiKeyText text, string consumer, Pepper? pepper = null, Func<KeyRecord, KeyRecord>? change = null)
    {
        var record = new KeyRecord
        {
            Id = text.Id,
            Kind = text.Kind,
            Consumer = consumer,
            Scopes = ["orders.read"],
            Created = DateTimeOffset.UnixEpoch,
            PepperVersion = (pepper ?? NewPepper).Version,
            SecretHash = text.HashSecret(pepper ?? NewPepper),
        };
        Plant(change is null ? record : change(record));
    }

    public void Dispose() => _worlds.ForEach(world => world.Dispose());

    private StorageWorld NewStorage()
    {
        var world = new StorageWorld();
        _worlds.Add(world);
        return world;
    }

    private TableRecordSource<TRecord> Source<TRecord>(StorageWorld storage)
        where TRecord : class, ITableRecord<TRecord> => new(Tables, storage.Health, storage.Time, NullLogger<TableRecordSource<TRecord>>.Instance);

    private void Plant<TRecord>(TRecord record)
        where TRecord : class, ITableRecord<TRecord> =>
        Tables[TRecord.Table].Plant(new(record.ToRow()) { PartitionKey = record.Address.PartitionKey, RowKey = record.Address.RowKey });

    /// <summary>A gateway, as far as keys go.</summary>
    internal sealed record Instance(ApiKeyAuthenticator Authenticator, KeyCache Keys)
    {
        public KeysConfig Config { get; init; } = new();

        public string DefaultPlan { get; init; } = "free";

        public Task<AuthenticationResult> SendAsync(ApiKeyText key) => SendAsync(("X-Api-Key", key.Reveal()));

        public async Task<AuthenticationResult> SendAsync(params (string Name, string Value)[] headers)
        {
            var context = new DefaultHttpContext();
            foreach (var (name, value) in headers)
            {
                // Not Append: it leaves out what is empty, as no server does.
                context.Request.Headers[name] = StringValues.Concat(context.Request.Headers[name], value);
            }

            return await Authenticator.AuthenticateAsync(context, Config, DefaultPlan);
        }
    }
}
