using Gateway.Configuration;
using Mesh;

namespace Gateway.Upstreams;

/// <summary>A process is a member of one mesh, from its start on.</summary>
/// <param name="member">Null: of none.</param>
internal sealed class OwnMeshRule(MeshOptions? member) : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config)
    {
        if (member is not null && config.Mesh is { } mesh && mesh.TrustDomain != member.TrustDomain)
        {
            yield return new(["mesh", "trustDomain"], $"This process is a member of {member.TrustDomain}, not of '{mesh.TrustDomain}'.", "Start it anew to have it join another mesh, which has storage and vaults of its own.");
        }
    }
}
