using System.Text.Json;
using System.Text.Json.Serialization;

namespace Records.Releases;

/// <summary>The pointer as the text that is stored.</summary>
public static class ReleasePointerFormat
{
    public static byte[] Write(ReleasePointer current) =>
        JsonSerializer.SerializeToUtf8Bytes(new PointerDocument(ReleasePointer.FormatVersion, current.Moves), PointerJson.Default.PointerDocument);

    /// <summary>The pointer, or what is wrong with the text.</summary>
    public static (ReleasePointer? Pointer, string? Problem) Read(ReadOnlySpan<byte> text)
    {
        try
        {
            var document = JsonSerializer.Deserialize(text, PointerJson.Default.PointerDocument);
            return document is null ? (null, "The pointer is empty.")
                : FormatText.ProblemOf(document.Format, ReleasePointer.FormatVersion) is { } problem ? (null, problem)
                : document.Moves is [] ? (null, "The pointer has no move.")
                : document.Moves.Any(move => move.Release is not null && !Release.IsHash(move.Release)) ? (null, "The pointer names what is no release.")
                : (new() { Moves = document.Moves }, null);
        }
        catch (JsonException e)
        {
            return (null, $"The pointer is damaged at {e.Path ?? "$"}.");
        }
    }
}

internal sealed record PointerDocument(int Format, IReadOnlyList<ReleaseMove> Moves);

/// <summary>How the pointer is written: strictly, so that two readers cannot take one text for two things.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PointerDocument))]
internal sealed partial class PointerJson : JsonSerializerContext;
