using System.Text;
using System.Text.Json;

namespace Records.Trust;

/// <summary>A trust bundle as the text that is signed and stored.</summary>
public static class TrustBundleFormat
{
    public static string Write(TrustBundle bundle) => JsonSerializer.Serialize(new BundleDocument(TrustBundle.FormatVersion, bundle), TrustJson.Default.BundleDocument);

    /// <summary>The bundle, or what is wrong with the text. Only the bytes that were signed may be given.</summary>
    public static (TrustBundle? Bundle, string? Problem) Read(string text)
    {
        try
        {
            var document = JsonSerializer.Deserialize(text, TrustJson.Default.BundleDocument);
            return document is null ? (null, "The document is empty.")
                : document.Format != TrustBundle.FormatVersion ? (null, $"The document has format {document.Format}; this version reads {TrustBundle.FormatVersion}.")
                : ProblemOf(document.Bundle) is { } problem ? (null, problem)
                : (document.Bundle, null);
        }
        catch (JsonException e)
        {
            return (null, $"The document is damaged at {e.Path ?? "$"}.");
        }
    }

    /// <summary>The bytes that a bundle's signature covers.</summary>
    public static byte[] SignedBytes(string text) => Encoding.UTF8.GetBytes("serverless-gateway trust bundle\n" + text);

    private static string? ProblemOf(TrustBundle bundle) =>
        bundle.Sequence < 1 ? "The sequence is below 1."
        : bundle.Roots.Count == 0 ? "There is no root."
        : bundle.Root(bundle.Authority) is null ? "The authority is none of the roots."
        : bundle.MaxAge <= TimeSpan.Zero || bundle.Poll <= TimeSpan.Zero ? "A time is not above zero."
        : bundle.Workloads.DistinctBy(workload => workload.Service).Count() < bundle.Workloads.Count ? "A service stands there twice."
        : null;
}
