using Microsoft.AspNetCore.Http;
using Records;

namespace Gateway.Authentication.ApiKeys;

/// <summary>Finds out whose API key a request carries.</summary>
/// <remarks>
/// 1. Form, check digits and the MAC of the id: computed here, so that a flood of invented keys costs no storage call.
/// 2. The key's record: secret, revocation, expiry.
/// 3. The consumer's record: plan, groups, suspension.
/// A key that was good before is known by its text as long as its record is (<see cref="StoredKey"/>); then only what may have changed is asked.
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

        var fault = ApiKeyFault.None;
        var key = keys.Recall(presented.Text) ?? Read(presented.Text, out fault);
        if (key is null)
        {
            return new(refusals.Malformed(fault));
        }

        var peppers = source.GetAsync(context.RequestAborted);
        return peppers.IsCompletedSuccessfully
            ? CheckAsync(key, peppers.Result, config, defaultPlan, context.RequestAborted)
            : WaitAsync(peppers, key, config, defaultPlan, context.RequestAborted);
    }

    private static ShownKey? Read(string text, out ApiKeyFault fault)
    {
        fault = ApiKeyText.TryParse(text, out var key);
        return key is null ? null : new(key);
    }

    private async ValueTask<AuthenticationResult> WaitAsync(ValueTask<Peppers?> peppers, ShownKey key, KeysConfig config, string? defaultPlan, CancellationToken cancellation) =>
        await CheckAsync(key, await peppers, config, defaultPlan, cancellation);

    private ValueTask<AuthenticationResult> CheckAsync(ShownKey key, Peppers? peppers, KeysConfig config, string? defaultPlan, CancellationToken cancellation) =>
        peppers is null ? new(refusals.Unavailable())
        : key.IsProvedUnder(peppers) || key.Text.IsGenuine(peppers) ? FindAsync(key, peppers, config, defaultPlan, cancellation)
        : new(refusals.NotGood(ApiKeyRefusal.Forged));

    // 2. and 3.
    private async ValueTask<AuthenticationResult> FindAsync(ShownKey shown, Peppers peppers, KeysConfig config, string? defaultPlan, CancellationToken cancellation)
    {
        var found = await keys.FindAsync(shown.Text.Id, config.StaleFor, cancellation);
        if (!found.IsAvailable)
        {
            return refusals.Unavailable();
        }

        if (Check(shown, peppers, found.Record) is { } reason)
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

        uses.Note(shown.Text.Id);
        return AuthenticationResult.Accept(key.CallerAs(consumer, defaultPlan));
    }

    // The secret first: whoever does not have it learns nothing of the key's state, not even in metrics.
    private ApiKeyRefusal? Check(ShownKey shown, Peppers peppers, StoredKey? key) =>
        key is null ? ApiKeyRefusal.Unknown
        : !key.IsMatchedBy(shown, peppers) ? ApiKeyRefusal.Secret
        : !key.Record.IsLive(uses.Now) ? ApiKeyRefusal.Ended
        : null;
}
