using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Records;

namespace Gateway.Authentication.ApiKeys;

/// <summary>Finds out whose API key a request carries.</summary>
/// <remarks>
/// 1. Form, check digits and the MAC of the id: computed here, so that a flood of invented keys costs no storage call.
/// 2. The key's record: secret, revocation, expiry.
/// 3. The consumer's record: plan, groups, suspension.
/// </remarks>
internal sealed class ApiKeyAuthenticator(IPepperSource source, KeyCache keys, IConsumerDirectory consumers, LastUseNotes uses, ApiKeyRefusals refusals)
{
    /// <inheritdoc cref="KeyCheck"/>
    public ValueTask<AuthenticationResult> AuthenticateAsync(HttpContext context, KeysConfig config, string? defaultPlan)
    {
        var presented = PresentedKey.Read(context.Request.Headers, config);
        if (presented.Text is null)
        {
            return new(AuthenticationResult.None);
        }

        if (presented.IsAmbiguous)
        {
            return new(refusals.Ambiguous());
        }

        var fault = ApiKeyText.TryParse(presented.Text, out var text);
        if (text is null)
        {
            return new(refusals.Malformed(fault));
        }

        var peppers = source.GetAsync(context.RequestAborted);
        return peppers.IsCompletedSuccessfully
            ? CheckAsync(text, peppers.Result, config, defaultPlan, context.RequestAborted)
            : WaitAsync(peppers, text, config, defaultPlan, context.RequestAborted);
    }

    private async ValueTask<AuthenticationResult> WaitAsync(ValueTask<Peppers?> peppers, ApiKeyText text, KeysConfig config, string? defaultPlan, CancellationToken cancellation) =>
        await CheckAsync(text, await peppers, config, defaultPlan, cancellation);

    private ValueTask<AuthenticationResult> CheckAsync(ApiKeyText text, Peppers? peppers, KeysConfig config, string? defaultPlan, CancellationToken cancellation) =>
        peppers is null ? new(refusals.Unavailable())
        : text.IsGenuine(peppers) ? FindAsync(text, peppers, config, defaultPlan, cancellation)
        : new(refusals.NotGood(ApiKeyRefusal.Forged));

    // 2. and 3.
    private async ValueTask<AuthenticationResult> FindAsync(ApiKeyText text, Peppers peppers, KeysConfig config, string? defaultPlan, CancellationToken cancellation)
    {
        var found = await keys.FindAsync(text.Id, config.StaleFor, cancellation);
        if (!found.IsAvailable)
        {
            return refusals.Unavailable();
        }

        if (Check(text, peppers, found.Record?.Record) is { } reason)
        {
            return refusals.NotGood(reason);
        }

        var key = found.Record!;
        var (isAvailable, consumer) = await consumers.FindAsync(key.Record.Consumer, config.StaleFor, cancellation);
        if (!isAvailable)
        {
            return refusals.Unavailable();
        }

        // A key never outlives its consumer, whatever became of its own row.
        if (consumer is null)
        {
            return refusals.NotGood(ApiKeyRefusal.Unknown);
        }

        if (consumer.Suspended)
        {
            return refusals.Suspended();
        }

        uses.Note(text.Id);
        return AuthenticationResult.Accept(new()
        {
            Kind = CallerKind.ApiKey,
            Consumer = consumer.Name,
            Plan = consumer.Plan ?? defaultPlan,
            Scopes = key.Scopes,
            Groups = consumer.Groups,
            KeyId = text.Id,
        });
    }

    // The secret first: whoever does not have it learns nothing of the key's state, not even in metrics.
    private ApiKeyRefusal? Check(ApiKeyText text, Peppers peppers, KeyRecord? record) =>
        record is null ? ApiKeyRefusal.Unknown
        : !text.Matches(record, peppers) ? ApiKeyRefusal.Secret
        : !record.IsLive(uses.Now) ? ApiKeyRefusal.Ended
        : null;
}
