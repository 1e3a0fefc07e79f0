using System.Text.Json.Nodes;
using Gateway.Configuration;

namespace Gateway.Forwarding;

/// <summary>A service's name in place of shares: all of the requests.</summary>
internal sealed class SharesForm : TextForm
{
    public override string Expected => "the name of a service, or a mapping from services to their shares of 100";

    public override Parsed Parse(string text) => new(new OrderedDictionary<string, int> { [text] = 100 });

    public override JsonObject Schema() => new() { ["type"] = "string" };
}
