using Mesh.Settings;
using Microsoft.Extensions.Configuration;

namespace Gateway.Hosting;

/// <summary>What a front door in Azure has to be told beside its configuration: section "Gateway". infra/main.bicep sets all of it.</summary>
public sealed record FrontDoorSettings
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Gateway";

    /// <summary>The configuration's path, from the app's folder.</summary>
    public string Config { get; init; } = "gateway.yaml";

    /// <summary>Table endpoint of the data account.</summary>
    public Uri? Tables { get; init; }

    /// <summary>Blob endpoint of the data account, for releases. Unset: only the packaged configuration serves.</summary>
    public Uri? Blobs { get; init; }

    /// <summary>The vault of shared secrets, such as the pepper.</summary>
    public Uri? SharedVault { get; init; }

    /// <exception cref="FrontDoorSettingsException">Something cannot be read; with every such setting.</exception>
    internal static FrontDoorSettings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var section = new SettingSection(configuration.GetSection(Section), Section, errors);
        var settings = new FrontDoorSettings
        {
            Tables = section.Address(nameof(Tables)),
            Blobs = section.Address(nameof(Blobs)),
            SharedVault = section.Address(nameof(SharedVault)),
        };
        settings = section.Text(nameof(Config)) is { } config ? settings with { Config = config } : settings;
        return errors.Count == 0 ? settings : throw new FrontDoorSettingsException(errors);
    }

    /// <summary>Every mistake, each with its mend.</summary>
    /// <param name="isLocal">True: tables come from a local host's file.</param>
    internal IEnumerable<string> Check(bool isLocal)
    {
        (string Name, Uri? Address, bool IsNeeded, string Example)[] addresses =
        [
            ("Tables", Tables, !isLocal, "https://contoso.table.core.windows.net"),
            ("Blobs", Blobs, false, "https://contoso.blob.core.windows.net"),
            ("SharedVault", SharedVault, true, "https://contoso-shared.vault.azure.net"),
        ];
        foreach (var (name, address, isNeeded, example) in addresses)
        {
            if (address is null ? isNeeded : address is not { IsAbsoluteUri: true, Scheme: "https" })
            {
                yield return address is null
                    ? $"Gateway:{name}: is not set. Use the address, such as {example}."
                    : $"Gateway:{name}: {address} is no https address. Use one such as {example}.";
            }
        }
    }
}
