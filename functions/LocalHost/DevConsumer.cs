using ControlPlane;
using ControlPlane.Consumers;
using ControlPlane.Keys;
using LocalHost.Issuer;
using Records;

namespace LocalHost;

/// <summary>The consumer that a user tries the gateway as: its API key and its token.</summary>
internal static class DevConsumer
{
    private const string Name = "dev";

    /// <summary>What the sample routes ask for.</summary>
    public static readonly string[] Scopes = ["orders.read", "orders.write", "customers.read"];

    /// <summary>A token for one working day.</summary>
    public static TokenRequest Token { get; } = new() { Subject = Name, Scopes = string.Join(' ', Scopes), Lifetime = TimeSpan.FromHours(8) };

    /// <summary>The key of the run before where it is still good, or a new one. Made by the control plane, as an operator would.</summary>
    public static async Task<string> KeyAsync(IServiceProvider controlPlane, string? earlier, TimeProvider time, CancellationToken cancellation)
    {
        var consumers = controlPlane.GetRequiredService<ConsumerDesk>();
        var keys = controlPlane.GetRequiredService<KeyDesk>();
        var added = await consumers.AddAsync(new(Name), cancellation);
        if (added.Refusal is { Reason: not RefusalReason.ConsumerExists } refusal)
        {
            throw Failure(refusal);
        }

        var known = (await keys.ListAsync(Name, cancellation)).Value ?? [];
        var peppers = await controlPlane.GetRequiredService<IPepperSource>().GetAsync(cancellation)
            ?? throw new StartFailure("The pepper of the API keys cannot be read from the local vault.");
        if (ApiKeyText.TryParse(earlier, out var text) == ApiKeyFault.None
            && known.Any(key => key.Record.Id == text!.Id && key.Record.IsLive(time.GetUtcNow()) && text.Matches(key.Record, peppers)))
        {
            return text!.Reveal();
        }

        // Its text is lost: nobody has it, so that it need not stay.
        foreach (var lost in known.Where(key => key.Record.Label == Name && key.Record.IsLive(time.GetUtcNow())))
        {
            await keys.RevokeAsync(lost.Record.Id, cancellation);
        }

        var issued = await keys.CreateAsync(Name, new NewKey { Label = Name, Scopes = Scopes, Kind = ApiKeyKind.Test }, cancellation);
        return issued.Value?.Text.Reveal() ?? throw Failure(issued.Refusal!);
    }

    private static StartFailure Failure(Refusal refusal) => new($"The consumer {Name} and its key could not be made: {refusal.Detail}");
}
