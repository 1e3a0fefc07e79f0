using Records.Releases;

namespace Benchmarks.Scale;

/// <summary>What a million requests cost at the gateway, in US dollars: without its backends, the free grant and traffic out.</summary>
/// <param name="Executions">For being called.</param>
/// <param name="Memory">For the seconds in which instances work.</param>
/// <param name="Storage">For calls of storage.</param>
/// <param name="Spans">For the traces that are kept, five a second and instance at most.</param>
/// <param name="AccessLog">For a line of the access log for each, where that is sent to the log workspace; it is not by default.</param>
internal sealed record Cost(double Executions, double Memory, double Storage, double Spans, double AccessLog)
{
    private const double Million = 1e6;
    private const double TracesPerSecond = 5;
    private const double SpansOfTrace = 2;

    /// <summary>Bytes of a span or a line as the workspace counts them: an assumption, as in docs/deploy.md.</summary>
    public const double BytesOfRecord = 1_000;

    /// <summary>GB of an instance: the smallest size of Flex.</summary>
    public const double Memory512 = 0.5;

    /// <summary>Without the access log.</summary>
    public double Total => Executions + Memory + Storage + Spans;

    public static Cost Of(Workload work, StorageModel storage)
    {
        var rate = work.PerSecond / work.Instances;
        // Paid by the second: the seconds in which at least one request comes.
        var active = work.Instances * (1 - Math.Exp(-rate));
        var calls = (storage.Operations * Price.TableOperation.Dollars) + (storage[Release.Container].Operations * Price.BlobRead.Dollars);
        var spans = Math.Min(rate, TracesPerSecond) * work.Instances * SpansOfTrace * BytesOfRecord / 1e9 * Price.LogGigabyte.Dollars;
        return new(
            Million * Price.Execution.Dollars,
            active * Memory512 * Price.GigabyteSecond.Dollars * Million / work.PerSecond,
            calls * Million / work.PerSecond,
            spans * Million / work.PerSecond,
            Million * BytesOfRecord / 1e9 * Price.LogGigabyte.Dollars);
    }
}
