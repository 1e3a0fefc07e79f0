using Gateway.Requests;
using Records;

namespace Gateway.Authentication.ApiKeys;

/// <summary>A key's record as it was read, ready to be asked, with what its holder has proved since.</summary>
/// <remarks>
/// Two HMACs say whether a text is the key of this record. Where they have said so, the text itself is kept with the record and compared in constant
/// time. What is kept goes with the record, which is read anew every few seconds, and counts for the peppers it was made with only; revocation,
/// expiry, the consumer and its plan are asked each time. Nothing is kept of a text that was not good, and a key is never more than once in memory.
/// </remarks>
internal sealed class StoredKey(KeyRecord record, IReadOnlySet<string> scopes)
{
    private ShownKey? _proved;
    private Named? _last;

    public KeyRecord Record => record;

    /// <summary>The key of this text, if it was proved before; null: it was not.</summary>
    public ShownKey? Recall(ReadOnlySpan<char> text) => _proved is { } proved && proved.Text.IsWrittenAs(text) ? proved : null;

    /// <summary>True: this is the key of the record, its secret included.</summary>
    public bool IsMatchedBy(ShownKey shown, Peppers peppers)
    {
        if (ReferenceEquals(shown, _proved) && shown.IsProvedUnder(peppers))
        {
            return true;
        }

        var isMatch = shown.Text.Matches(record, peppers);
        _proved = isMatch ? new(shown.Text, peppers) : _proved;
        return isMatch;
    }

    /// <summary>Who the key makes its bearer. The same object until the consumer's record is read anew or the default plan is another.</summary>
    public Caller CallerAs(Consumer consumer, string? defaultPlan)
    {
        var last = _last;
        if (last is null || last.Consumer != consumer || last.DefaultPlan != defaultPlan)
        {
            _last = last = new(consumer, defaultPlan, NewCaller(consumer, defaultPlan));
        }

        return last.Caller;
    }

    private Caller NewCaller(Consumer consumer, string? defaultPlan) => new()
    {
        Kind = CallerKind.ApiKey,
        Consumer = consumer.Name,
        Plan = consumer.Plan ?? defaultPlan,
        Scopes = scopes,
        Groups = consumer.Groups,
        KeyId = record.Id,
    };

    private sealed record Named(Consumer Consumer, string? DefaultPlan, Caller Caller);
}
