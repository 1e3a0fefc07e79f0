using System.Buffers;

namespace ControlPlane;

/// <summary>What the fields of consumers, keys and moves may hold. Each rule gives null, or what is wrong and what to do.</summary>
internal static class FieldRules
{
    public const int LongestName = 128;
    public const int LongestNote = 200;
    public const int LongestWord = 128;
    public const int MostWords = 64;

    // RFC 6749 §3.3: visible ASCII but for quotation mark and backslash.
    private static readonly SearchValues<char> ScopeCharacters = SearchValues.Create(
        [.. Enumerable.Range(0x21, 0x5E).Select(code => (char)code).Where(character => character is not '"' and not '\\')]);

    /// <summary>Names travel in header fields and urls, so they are ASCII; the last two cases would not survive a url.</summary>
    public static Refusal? Name(string field, string? name) => name switch
    {
        null or "" => Invalid($"{field} is missing: give a name of 1 to {LongestName} printable ASCII characters."),
        { Length: > LongestName } => Invalid($"{field} has {name.Length} characters; {LongestName} are allowed."),
        _ when name.AsSpan().ContainsAnyExceptInRange(' ', '~') || name != name.Trim() =>
            Invalid($"{field} holds something other than printable ASCII, or begins or ends with a space."),
        "." or ".." => Invalid($"{field} must not be a dot segment."),
        _ when name.Contains("%2F", StringComparison.OrdinalIgnoreCase) => Invalid($"{field} must not hold the text %2F."),
        _ => null,
    };

    public static Refusal? Label(string? label) => label switch
    {
        null => null,
        "" => Invalid("label is empty: leave it out instead."),
        { Length: > LongestName } => Invalid($"label has {label.Length} characters; {LongestName} are allowed."),
        _ when label.Any(char.IsControl) => Invalid("label holds a control character."),
        _ => null,
    };

    public static Refusal? Note(string? note) => note switch
    {
        null => null,
        "" => Invalid("note is empty: leave it out instead."),
        { Length: > LongestNote } => Invalid($"note has {note.Length} characters; {LongestNote} are allowed."),
        _ when note.Any(char.IsControl) => Invalid("note holds a control character."),
        _ => null,
    };

    public static Refusal? Scopes(IReadOnlyList<string> scopes) =>
        Words("scopes", scopes) ?? (scopes.Any(scope => scope.AsSpan().ContainsAnyExcept(ScopeCharacters))
            ? Invalid("scopes holds one with a character that RFC 6749 does not allow: visible ASCII without quotation mark and backslash.")
            : null);

    /// <summary>Like scopes, but without commas: services get the groups in one comma-separated header.</summary>
    public static Refusal? Groups(IReadOnlyList<string> groups) =>
        Words("groups", groups) ?? (groups.Any(group => group.Contains(',', StringComparison.Ordinal) || group.AsSpan().ContainsAnyExcept(ScopeCharacters))
            ? Invalid("groups holds one with a character that is not allowed: visible ASCII without comma, quotation mark and backslash.")
            : null);

    public static Refusal Invalid(string detail) => new(RefusalReason.Invalid, detail);

    private static Refusal? Words(string field, IReadOnlyList<string> words) =>
        words.Count > MostWords ? Invalid($"{field} has {words.Count} entries; {MostWords} are allowed.")
        : words.Any(word => word is not { Length: > 0 and <= LongestWord }) ? Invalid($"{field} holds an entry that is empty or has more than {LongestWord} characters.")
        : words.Distinct(StringComparer.Ordinal).Count() != words.Count ? Invalid($"{field} names one twice.")
        : null;
}
