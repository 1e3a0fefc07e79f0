using System.Text.Json.Serialization;
using ControlPlane.Keys;
using Records;

namespace ControlPlane.Management;

/// <summary>A consumer, as the API shows it.</summary>
internal sealed record ConsumerAnswer(string Name, string? Plan, IReadOnlyList<string> Groups, bool Suspended, DateTimeOffset Created)
{
    public static ConsumerAnswer Of(ConsumerRecord consumer) =>
        new(consumer.Name, consumer.Plan, consumer.Groups, consumer.Suspended, consumer.Created);
}

internal sealed record ConsumersAnswer(IReadOnlyList<ConsumerAnswer> Consumers);

/// <summary>A key, as the API shows it.</summary>
internal sealed record KeyAnswer
{
    public required string Id { get; init; }

    public required string Prefix { get; init; }

    public required string Consumer { get; init; }

    public required string? Label { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset? Expires { get; init; }

    public required DateTimeOffset? Revoked { get; init; }

    public required DateOnly? LastUsed { get; init; }

    /// <summary>The whole key: only in the answer that made it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    public static KeyAnswer Of(KeyRecord key, DateOnly? lastUsed) => new()
    {
        Id = key.Id,
        Prefix = ApiKeyText.PrefixOf(key.Kind, key.Id),
        Consumer = key.Consumer,
        Label = key.Label,
        Scopes = key.Scopes,
        Created = key.Created,
        Expires = key.Expires,
        Revoked = key.Revoked,
        LastUsed = lastUsed,
    };

    public static KeyAnswer Of(IssuedKey issued) => Of(issued.Record, null) with { Key = issued.Text.Reveal() };

    // Records print their members, and one of these is a secret.
    public override string ToString() => Prefix;
}

internal sealed record KeysAnswer(IReadOnlyList<KeyAnswer> Keys)
{
    public static KeysAnswer Of(IEnumerable<ListedKey> keys) => new([.. keys.Select(key => KeyAnswer.Of(key.Record, key.LastUsed))]);
}
