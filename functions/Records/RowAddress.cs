using System.Security.Cryptography;
using System.Text;

namespace Records;

/// <summary>Where a row stands in its table.</summary>
public readonly record struct RowAddress(string PartitionKey, string RowKey)
{
    public override string ToString() => $"{PartitionKey}/{RowKey}";

    /// <summary>A key for text that someone else chose: table keys must not hold / \ # ? and control characters.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
