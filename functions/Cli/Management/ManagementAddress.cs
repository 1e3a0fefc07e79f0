using Cli.Local;

namespace Cli.Management;

/// <summary>
/// Where the management API is and the key for it. A key is only sent to the address that it was set with: one that was found in
/// a file goes to that file's address, one from the environment never to an address that merely lies in a folder above.
/// </summary>
internal sealed record ManagementAddress(Uri Url, string Key, string KeyFrom)
{
    private const string Set = "Start it with scripts/run, or set MANAGE_URL and MANAGE_KEY.";

    public static ManagementAddress Find(Shell shell, string? given)
    {
        var file = DevEnvironment.Find(shell.Directory);
        var named = given ?? Text(shell.Environment("MANAGE_URL"));
        var environmentKey = Text(shell.Environment("MANAGE_KEY"));
        var text = named ?? file["MANAGE_URL"] ?? throw new CommandException("The address of the management API is not known.", Set);
        var url = Calls.Address(text, given is null ? "MANAGE_URL" : "--url");
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            throw new CommandException($"{url} is not encrypted: MANAGE_KEY would be readable on the way.", "Use its https address.");
        }

        if (named is not null && environmentKey is not null)
        {
            return new(url, environmentKey, "the environment");
        }

        if (file["MANAGE_URL"] is { } local && file["MANAGE_KEY"] is { } key)
        {
            return Same(url, local)
                ? named is null && environmentKey is not null
                    ? throw new CommandException($"MANAGE_KEY is set in the environment, MANAGE_URL only in {file.Path}.", "Set both in the environment, or neither.")
                    : new(url, key, file.Path!)
                : throw new CommandException($"MANAGE_KEY is not set; the one in {file.Path} is for {local}.", $"Set MANAGE_KEY to the key of {url}.");
        }

        throw new CommandException("The key of the management API is not known.", Set);
    }

    private static bool Same(Uri url, string local) =>
        Uri.TryCreate(local, UriKind.Absolute, out var other) && Calls.Join(url, "") == Calls.Join(other, "");

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
