using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>Who may do what on what.</summary>
internal sealed partial record Right(string Who, string Role, string On)
{
    private static readonly Dictionary<string, string> _roles = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Storage Blob Data Reader",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"] = "Storage Queue Data Message Sender",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["76199698-9eea-4c19-bc75-cec21354c6b6"] = "Storage Table Data Reader",
        ["a4417e6f-fecd-4de8-b567-7b0420556985"] = "Key Vault Certificates Officer",
        ["14b46e9e-c2b7-41b4-b07b-48a6ebf60603"] = "Key Vault Crypto Officer",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    public static Right Of(Resource assignment)
    {
        var scope = Scope().Match(assignment.Id).Groups["scope"].Value;
        var path = scope.Replace("/blobServices/default/containers/", "/", StringComparison.Ordinal).Replace("/tableServices/default/tables/", "/", StringComparison.Ordinal)
            .Replace("/queueServices/default/queues/", "/", StringComparison.Ordinal).Split('/', 3);
        var who = assignment.Text("principalId") switch
        {
            "[{frontDoorIdentity.identity.principalId}]" => "front door",
            "[{controlPlaneIdentity.identity.principalId}]" => "control plane",
            "[{samplesIdentity.identity.principalId}]" => "samples",
            "[{topic0.principalId}]" => "events of kv-gateway",
            "[{topic1.principalId}]" => "events of kv-samples",
            Deployment.Deployer => "deployer",
            var other => other,
        };
        return new(who, _roles.GetValueOrDefault(assignment.Text("roleDefinitionId").Split('/')[^1], assignment.Text("roleDefinitionId")), path.Length == 3 ? path[2] : scope);
    }

    /// <summary>The rows of a table of rights; its columns are parted by bars.</summary>
    public static IEnumerable<Right> Table(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('|', StringSplitOptions.TrimEntries)).Select(row => new Right(row[0], row[1], row[2]));

    public override string ToString() => $"{Who} | {Role} | {On}";

    [GeneratedRegex(@"^(\[extensionResourceId\(')?(?<scope>[^']+?)(/providers/Microsoft\.Authorization/roleAssignments/.*|'.*)$")]
    private static partial Regex Scope();
}
