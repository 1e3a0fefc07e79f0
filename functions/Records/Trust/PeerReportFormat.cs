using System.Text;
using System.Text.Json;

namespace Records.Trust;

/// <summary>A peer's report as the text that is signed and stored.</summary>
public static class PeerReportFormat
{
    public static string Write(PeerReport report) => JsonSerializer.Serialize(new ReportDocument(PeerReport.FormatVersion, report), TrustJson.Default.ReportDocument);

    /// <summary>The report, or what is wrong with the text.</summary>
    public static (PeerReport? Report, string? Problem) Read(string text)
    {
        try
        {
            var document = JsonSerializer.Deserialize(text, TrustJson.Default.ReportDocument);
            return document is null ? (null, "The document is empty.")
                : document.Format != PeerReport.FormatVersion ? (null, $"The document has format {document.Format}; this version reads {PeerReport.FormatVersion}.")
                : (document.Report, null);
        }
        catch (JsonException e)
        {
            return (null, $"The document is damaged at {e.Path ?? "$"}.");
        }
    }

    /// <summary>The bytes that a report's signature covers.</summary>
    public static byte[] SignedBytes(string text) => Encoding.UTF8.GetBytes("serverless-gateway peer report\n" + text);
}
