using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Mesh.Settings;

/// <summary>Reads the settings of one section by name, and notes what cannot be read. What is empty is unset.</summary>
/// <remarks>
/// .NET's own binder would do it by reflection, which a compiler ahead of time does not promise to keep; what is generated in its place passes in silence over
/// members that are set only once.
/// </remarks>
internal sealed class SettingSection(IConfiguration section, string path, ICollection<string> errors)
{
    public string? Text(string name) => section[name] is { Length: > 0 } text ? text : null;

    public Uri? Address(string name) => Read(name, text => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var address) ? address : null, "an address", "https://contoso.example");

    public bool? Truth(string name) => Value<bool>(name, bool.TryParse, "true or false", "true");

    public TimeSpan? Duration(string name) =>
        Value(name, (string text, out TimeSpan duration) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration), "a duration", "00:05:00");

    public TEnum? Choice<TEnum>(string name)
        where TEnum : struct, Enum =>
        Value(name, (string text, out TEnum choice) => Enum.TryParse(text, ignoreCase: true, out choice) && Enum.IsDefined(choice), $"one of {string.Join(", ", Enum.GetNames<TEnum>())}", Enum.GetNames<TEnum>()[0]);

    /// <summary>The section below that has this name.</summary>
    public SettingSection Below(string name) => new(section.GetSection(name), $"{path}:{name}", errors);

    /// <summary>The addresses of this section, by their names.</summary>
    public Dictionary<string, Uri> Addresses()
    {
        var addresses = new Dictionary<string, Uri>();
        foreach (var name in section.GetChildren().Select(child => child.Key))
        {
            if (Address(name) is { } address)
            {
                addresses[name] = address;
            }
        }

        return addresses;
    }

    private T? Value<T>(string name, Parse<T> parse, string expected, string example)
        where T : struct => Read<object>(name, text => parse(text, out var value) ? value : null, expected, example) is T read ? read : null;

    private T? Read<T>(string name, Func<string, T?> parse, string expected, string example)
        where T : class
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var read = parse(text);
        if (read is null)
        {
            errors.Add($"{path}:{name}: '{text}' is not {expected}. Use one such as {example}.");
        }

        return read;
    }

    private delegate bool Parse<T>(string text, out T value);
}
