using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Exporters;

/// <summary>How many traces Azure Monitor is sent, decided here: what a caller's traceparent says of sampling is the caller's to invent. Exactly one number is set.</summary>
internal sealed record Sampling
{
    public const string Variable = "OTEL_TRACES_SAMPLER";

    public const string NumberVariable = "OTEL_TRACES_SAMPLER_ARG";

    private const string RateLimited = "microsoft.rate_limited";

    private const string FixedShare = "microsoft.fixed_percentage";

    /// <summary>Of one instance. Those that are left out are counted in what is sent.</summary>
    public double? TracesPerSecond { get; private init; }

    /// <summary>From 0 to 1.</summary>
    public float? Share { get; private init; }

    /// <summary>Stated rather than left to the package, which has changed its own.</summary>
    public static Sampling Default { get; } = new() { TracesPerSecond = 5 };

    public static Sampling Read(IConfiguration configuration)
    {
        if (configuration[Variable] is not { Length: > 0 } sampler)
        {
            return Default;
        }

        var number = double.TryParse(configuration[NumberVariable], NumberStyles.Float, CultureInfo.InvariantCulture, out var read) ? read : double.NaN;
        return sampler switch
        {
            RateLimited when number is >= 0 and < double.PositiveInfinity => new() { TracesPerSecond = number },
            FixedShare when number is >= 0 and <= 1 => new() { Share = (float)number },
            RateLimited => throw new ExporterSettingException(NumberVariable, "It is not a number of traces for each second.", "Write one, such as 5, or remove both variables."),
            FixedShare => throw new ExporterSettingException(NumberVariable, "It is not a share.", "Write a number from 0 to 1, or remove both variables."),
            _ => throw new ExporterSettingException(Variable, "Azure Monitor does not know this sampler.", $"Write {RateLimited} or {FixedShare}, or remove the variable."),
        };
    }
}
