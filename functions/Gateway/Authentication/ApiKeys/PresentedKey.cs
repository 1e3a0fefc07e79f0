using Microsoft.AspNetCore.Http;

namespace Gateway.Authentication.ApiKeys;

/// <summary>The API key that a request carries, if any. The same key in two places is one key.</summary>
/// <param name="Text">The text of the key as sent; null: there is none.</param>
/// <param name="IsAmbiguous">True: there are several, and different ones.</param>
internal readonly record struct PresentedKey(string? Text, bool IsAmbiguous)
{
    private const string Scheme = "ApiKey";

    public static PresentedKey Read(IHeaderDictionary headers, KeysConfig config)
    {
        var key = default(PresentedKey);
        for (var index = 0; index < config.Headers.Count; index++)
        {
            foreach (var value in headers[config.Headers[index]])
            {
                key = key.And(value ?? "");
            }
        }

        foreach (var value in headers.Authorization)
        {
            key = CredentialOf(value) is { } credential ? key.And(credential) : key;
        }

        return key;
    }

    private PresentedKey And(string text) => new(Text ?? text, IsAmbiguous || (Text is not null && Text != text));

    // Null: the field is of another scheme (RFC 9110 §11.4: schemes are case-insensitive).
    private static string? CredentialOf(string? field) =>
        field is not null && field.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && (field.Length == Scheme.Length || field[Scheme.Length] == ' ')
            ? field[Scheme.Length..].Trim(' ')
            : null;
}
