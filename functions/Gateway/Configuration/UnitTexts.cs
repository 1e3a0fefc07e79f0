using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Gateway.Configuration;

/// <summary>Durations: a whole number and ms, s, m, h or d.</summary>
internal static partial class DurationText
{
    public const string Pattern = "^[0-9]+(ms|s|m|h|d)$";

    // Timers take at most 2^32-2 ms; calendars and windows no more than this either.
    private static readonly TimeSpan _longest = TimeSpan.FromDays(3660);

    public static Parsed Parse(ScalarNode scalar)
    {
        if (Grammar().Match(scalar.Text) is not { Success: true } match)
        {
            return scalar.Kind is ScalarKind.Integer or ScalarKind.Real
                ? Parsed.Fail($"{scalar.Written} has no unit.", $"Write a duration such as {scalar.Written.TrimStart('-')}s or {scalar.Written.TrimStart('-')}ms.")
                : Parsed.Fail($"'{scalar.Written}' is not a duration.", "Write a whole number and its unit: 500ms, 10s, 5m, 1h or 30d.");
        }

        return TryParse(match, out var duration) ? new(duration) : Parsed.Fail($"{scalar.Written} is too long.", "Write at most 3660d.");
    }

    /// <summary>Reads a duration inside a longer text.</summary>
    public static TimeSpan? Parse(string text) => Grammar().Match(text) is { Success: true } match && TryParse(match, out var duration) ? duration : null;

    /// <summary>A duration in the language's own words.</summary>
    public static string Show(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{(duration switch
    {
        { Ticks: > 0 } when duration.Ticks % TimeSpan.TicksPerDay == 0 => $"{duration.TotalDays}d",
        { Ticks: > 0 } when duration.Ticks % TimeSpan.TicksPerHour == 0 => $"{duration.TotalHours}h",
        { Ticks: > 0 } when duration.Ticks % TimeSpan.TicksPerMinute == 0 => $"{duration.TotalMinutes}m",
        _ when duration.Ticks % TimeSpan.TicksPerSecond == 0 => $"{duration.TotalSeconds}s",
        _ => $"{duration.TotalMilliseconds}ms",
    })}");

    private static bool TryParse(Match match, out TimeSpan duration)
    {
        duration = default;
        var unit = match.Groups[2].Value switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            _ => TimeSpan.TicksPerDay,
        };
        if (!long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > _longest.Ticks / unit)
        {
            return false;
        }

        duration = TimeSpan.FromTicks(number * unit);
        return true;
    }

    [GeneratedRegex(@"^([0-9]+)(ms|s|m|h|d)\z")]
    private static partial Regex Grammar();
}

/// <summary>Sizes: a whole number and B, KB, MB or GB.</summary>
internal static partial class SizeText
{
    public const string Pattern = "^[0-9]+(B|KB|MB|GB)$";

    public static Parsed Parse(ScalarNode scalar)
    {
        if (Grammar().Match(scalar.Text) is not { Success: true } match)
        {
            return scalar.Kind is ScalarKind.Integer or ScalarKind.Real
                ? Parsed.Fail($"{scalar.Written} has no unit.", $"Write a size such as {scalar.Written.TrimStart('-')}KB or {scalar.Written.TrimStart('-')}B.")
                : Parsed.Fail($"'{scalar.Written}' is not a size.", "Write a whole number and its unit: 512B, 16KB, 1MB or 1GB.");
        }

        var shift = match.Groups[2].Value switch { "B" => 0, "KB" => 10, "MB" => 20, _ => 30 };
        return long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 1L << (50 - shift)
            ? new(new ByteSize(number << shift))
            : Parsed.Fail($"{scalar.Written} is too large.", "Write at most 1048576GB.");
    }

    [GeneratedRegex(@"^([0-9]+)(B|KB|MB|GB)\z")]
    private static partial Regex Grammar();
}

/// <summary>Networks in CIDR notation; an address alone is a network of one.</summary>
internal static class NetworkText
{
    public static Parsed Parse(ScalarNode scalar)
    {
        var slash = scalar.Text.IndexOf('/');
        var addressText = slash < 0 ? scalar.Text : scalar.Text[..slash];
        if (!IPAddress.TryParse(addressText, out var address) || addressText.Contains('%', StringComparison.Ordinal)
            || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != addressText) || addressText.Contains('[', StringComparison.Ordinal))
        {
            return Parsed.Fail($"'{scalar.Written}' is not a network.", "Write an address and the length of its prefix, such as 10.0.0.0/8 or 2001:db8::/32.");
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return Parsed.Fail($"'{scalar.Written}' is an IPv4 network in IPv6's clothes.", "Write it as IPv4; both spellings of a client's address are compared as IPv4.");
        }

        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var length = most;
        if (slash >= 0 && (!int.TryParse(scalar.Text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > most))
        {
            return Parsed.Fail($"'{scalar.Written}' has no valid prefix length.", $"Write a length from 0 to {most}, such as {address}/{most}.");
        }

        var network = Masked(address, length);
        return network.Equals(address)
            ? new(new IPNetwork(address, length))
            : Parsed.Fail($"'{scalar.Written}' has bits set behind its prefix of {length}.", $"For the network write {network}/{length}, for the one address {address}/{most}.");
    }

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var index = 0; index < bytes.Length; index++)
        {
            var kept = Math.Clamp(length - (index * 8), 0, 8);
            bytes[index] &= (byte)(0xFF << (8 - kept));
        }

        return new(bytes);
    }
}
