using System.Globalization;

namespace Gateway.Limits;

/// <summary>A limit's quota under one plan, and what clients are told of it.</summary>
internal sealed class LimitTerms(string name, LimitQuota quota)
{
    private string? _item;
    private string? _policy;

    public LimitQuota Quota => quota;

    /// <summary>The field RateLimit-Policy. Only a calendar's periods are of different lengths.</summary>
    public string PolicyAt(DateTimeOffset now) => quota.Calendar is null ? _policy ??= NewPolicy(now) : NewPolicy(now);

    /// <summary>The field RateLimit.</summary>
    public string StateAt(LimitReading reading, DateTimeOffset now)
    {
        _item ??= new StructuredList().Item(name).ToString();
        var remaining = LimitHeaders.Remaining(reading);
        Span<char> buffer = stackalloc char[128];
        return LimitHeaders.Wait(quota, reading, now) is { } wait
            ? string.Create(CultureInfo.InvariantCulture, buffer, $"{_item};r={remaining};t={wait}")
            : string.Create(CultureInfo.InvariantCulture, buffer, $"{_item};r={remaining}");
    }

    private string NewPolicy(DateTimeOffset now)
    {
        var policy = new StructuredList();
        LimitHeaders.Describe(policy, name, quota, now);
        return policy.ToString();
    }
}
