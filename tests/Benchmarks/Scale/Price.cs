namespace Benchmarks.Scale;

/// <summary>A list price that costs are worked out from. US dollars, of a region like East US; assumptions of November 2026, from no bill.</summary>
/// <param name="What">What it is for.</param>
/// <param name="Listed">For so many of it.</param>
/// <param name="Count">As many as the list has it for.</param>
/// <param name="Source">Where it was read: a section of the reference page on Azure, or general knowledge.</param>
internal sealed record Price(string What, double Listed, double Count, string Source)
{
    private const string Unchecked = "general knowledge, not looked up";

    public static readonly Price GigabyteSecond = new("a million GB-seconds on Flex", 26, 1e6, "reference azure.md, section 8: as a third party published it in May 2025");
    public static readonly Price Execution = new("a million executions", 0.40, 1e6, $"reference azure.md, section 8: {Unchecked}");
    public static readonly Price TableOperation = new("a million calls of tables; a batch is taken for one", 0.036, 1e6, "reference azure.md, section 8: several published sources");
    public static readonly Price BlobRead = new("a million reads of blobs", 0.40, 1e6, Unchecked);
    public static readonly Price LogGigabyte = new("a GB of logs", 2.50, 1, $"docs/deploy.md: {Unchecked}");

    public static readonly IReadOnlyList<Price> All = [GigabyteSecond, Execution, TableOperation, BlobRead, LogGigabyte];

    /// <summary>For one of it.</summary>
    public double Dollars => Listed / Count;
}
