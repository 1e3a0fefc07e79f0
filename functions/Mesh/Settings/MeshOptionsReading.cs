using Mesh.Callers;
using Microsoft.Extensions.Configuration;

namespace Mesh.Settings;

/// <summary>Reads what section "Mesh" says.</summary>
internal static class MeshOptionsReading
{
    /// <exception cref="MeshOptionsException">Something cannot be read; with every such setting.</exception>
    public static MeshOptions ReadMesh(this IConfiguration configuration)
    {
        var errors = new List<string>();
        var section = new SettingSection(configuration.GetSection(MeshOptions.Section), MeshOptions.Section, errors);
        var unset = new MeshOptions();
        var options = new MeshOptions
        {
            Service = section.Text(nameof(MeshOptions.Service)) ?? unset.Service,
            TrustDomain = section.Text(nameof(MeshOptions.TrustDomain)) ?? unset.TrustDomain,
            Vault = section.Address(nameof(MeshOptions.Vault)),
            Tables = section.Address(nameof(MeshOptions.Tables)),
            Local = section.Text(nameof(MeshOptions.Local)),
            Serves = section.Truth(nameof(MeshOptions.Serves)) ?? unset.Serves,
            Callers = Callers(section.Below(nameof(MeshOptions.Callers))),
            ConnectionAge = section.Duration(nameof(MeshOptions.ConnectionAge)) ?? unset.ConnectionAge,
            Drain = section.Duration(nameof(MeshOptions.Drain)) ?? unset.Drain,
            Services = section.Below(nameof(MeshOptions.Services)).Addresses(),
        };
        return errors.Count == 0 ? options : throw new MeshOptionsException(errors);
    }

    private static MeshCallerOptions Callers(SettingSection section)
    {
        var unset = new MeshCallerOptions();
        return new()
        {
            Mode = section.Choice<MeshMode>(nameof(MeshCallerOptions.Mode)) ?? unset.Mode,
            InPipeline = section.Truth(nameof(MeshCallerOptions.InPipeline)) ?? unset.InPipeline,
            Source = section.Choice<MeshCallerSource>(nameof(MeshCallerOptions.Source)),
        };
    }
}
