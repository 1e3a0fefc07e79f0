using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Gateway.Authentication.Jwt;

/// <summary>Reads JSON from strangers: one object, members unique at every level, valid UTF-8, no lone surrogates, not deep.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions _options = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The object, independent of the bytes given; null: there is none. Never throws on what the bytes hold.</summary>
    public static JsonElement? ReadObject(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(new ReadOnlySequence<byte>(utf8.ToArray()), _options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            // An escaped lone surrogate is JSON but no text: reading it later would throw far from here.
            if (utf8.IndexOf("\\u"u8) >= 0)
            {
                ReadTexts(document.RootElement);
            }

            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The member as text; null: absent or something else.</summary>
    public static string? Text(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The member's texts: of a text itself, of an array its items; null: absent, or anything in it is no text.</summary>
    public static IReadOnlyList<string>? Texts(this JsonElement element, string member) =>
        !element.TryGetProperty(member, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                [.. value.EnumerateArray().Select(item => item.GetString()!)],
            _ => null,
        };

    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadTexts(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }

                break;
        }
    }
}
