using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Configuration;
using Gateway.Errors;
using Gateway.OwnEndpoints;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Gateway.Tests.OwnEndpoints;

public partial class OwnEndpointsMiddlewareTests
{
    [Theory]
    [InlineData(null, false, "/_gateway/live", 200, """{"status":"pass"}""")]
    [InlineData("abc", true, "/_gateway/live", 200, """{"status":"pass"}""")]
    [InlineData("abc", false, "/_gateway/ready", 200, """{"status":"pass","releaseId":"abc"}""")]
    [InlineData(null, false, "/_gateway/ready", 503, """{"status":"fail","output":"No configuration has been loaded yet."}""")]
    [InlineData("abc", true, "/_gateway/ready", 503, """{"status":"fail","releaseId":"abc","output":"The instance is shutting down."}""")]
    public async Task Get_Health_SaysHowTheInstanceIs(string? release, bool isDraining, string path, int status, string body)
    {
        var (context, text) = await Get(path, release: release, isDraining: isDraining);

        Assert.Equal((status, body), (context.Response.StatusCode, text));
        Assert.Equal(("application/health+json", "no-store"), (context.Response.ContentType, context.Response.Headers.CacheControl.ToString()));
        Assert.Equal(path, context.Gateway().Template);
    }

    public static TheoryData<GatewayError> AllErrors => [.. Enum.GetValues<GatewayError>()];

    [Theory]
    [MemberData(nameof(AllErrors))]
    public async Task Get_ProblemPage_TellsWhatItMeansAndWhatToDo(GatewayError error)
    {
        var row = error.Describe();
        var (context, html) = await Get($"/_gateway/problems/{row.Slug}", accept: "text/html,application/xhtml+xml,*/*;q=0.8");
        var (_, json) = await Get($"/_gateway/problems/{row.Slug}", accept: "application/json");
        var plain = System.Net.WebUtility.HtmlDecode(Tag().Replace(html, "")).Replace('\n', ' ');

        Assert.Equal((200, "text/html; charset=utf-8"), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Contains(row.Title, plain, StringComparison.Ordinal);
        Assert.Contains(row.Meaning, plain, StringComparison.Ordinal);
        Assert.Contains(row.Mend.Replace("`", "", StringComparison.Ordinal), plain, StringComparison.Ordinal);
        Assert.Contains(row.Retryable ? "Yes:" : "No:", plain, StringComparison.Ordinal);
        Assert.Equal(row.Mend, JsonDocument.Parse(json).RootElement.GetProperty("mend").GetString());
        Assert.Equal("/_gateway/problems/{slug}", context.Gateway().Template);
    }

    [Theory]
    [InlineData("/_gateway/problems")]
    [InlineData("/_gateway/problems/")]
    public async Task Get_Index_ListsAll(string path)
    {
        var (_, html) = await Get(path);
        var (_, json) = await Get(path, accept: "application/json");

        Assert.All(Enum.GetValues<GatewayError>(), error => Assert.Contains($"href=\"/_gateway/problems/{error.Describe().Slug}\"", html, StringComparison.Ordinal));
        Assert.Equal(Enum.GetValues<GatewayError>().Length, JsonDocument.Parse(json).RootElement.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task Get_Page_LoadsNothingAndAllowsItsOwnStyleOnly()
    {
        var (context, html) = await Get("/_gateway/problems/no-route");
        var style = html[(html.IndexOf("<style>", StringComparison.Ordinal) + 7)..html.IndexOf("</style>", StringComparison.Ordinal)];

        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", context.Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", context.Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("http:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.Equal("Accept", context.Response.Headers.Vary);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("*/*", false)]
    [InlineData("application/json", true)]
    [InlineData("application/*", true)]
    [InlineData("application/json;q=0.5, text/html", false)]
    [InlineData("application/json, text/html;q=0.5", true)]
    [InlineData("application/json, */*;q=0.1", true)]
    [InlineData("*/*, text/html;q=0", true)]
    [InlineData("application/json;q=0", false)]
    [InlineData(";;", false)]
    public async Task Get_Page_IsJsonWhereAcceptPrefersIt(string accept, bool isJson)
    {
        var (context, _) = await Get("/_gateway/problems/no-route", accept: accept);

        Assert.Equal(isJson ? "application/json" : "text/html; charset=utf-8", context.Response.ContentType);
    }

    [Theory]
    [InlineData("/_gateway/live")]
    [InlineData("/_gateway/problems/no-route")]
    public async Task Head_HasTheLengthAndNoBody(string path)
    {
        var (head, text) = await Get(path, method: "HEAD");
        var (get, _) = await Get(path);

        Assert.Equal("", text);
        Assert.Equal(get.Response.ContentLength, head.Response.ContentLength);
    }

    [Theory]
    [InlineData("/_gateway/problems/nope")]
    [InlineData("/_gateway/problems/No-Route")]
    [InlineData("/_gateway/problems/no-route/")]
    [InlineData("/_gateway/")]
    [InlineData("/_gateway")]
    [InlineData("/_gateway/live/")]
    public async Task Get_Unknown_IsNoRouteAndNeverTheConfigurations(string path)
    {
        var (context, _) = await Get(path);

        Assert.Equal(GatewayError.NoRoute, context.Gateway().Failure?.Error);
        Assert.False(context.Items.ContainsKey("next"));
    }

    [Fact]
    public async Task Post_IsNotAllowed()
    {
        var (context, _) = await Get("/_gateway/live", method: "POST");

        Assert.Equal(GatewayError.MethodNotAllowed, context.Gateway().Failure?.Error);
        Assert.Equal([new("Allow", "GET, HEAD")], context.Gateway().Failure!.Headers);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/_gatewayx")]
    [InlineData("/_Gateway/live")]
    [InlineData("/a/_gateway/live")]
    public async Task Get_OtherPath_GoesOn(string path) => Assert.True((await Get(path)).Context.Items.ContainsKey("next"));

    private static async Task<(HttpContext Context, string Text)> Get(string path, string method = "GET", string accept = "", string? release = "abc", bool isDraining = false)
    {
        var context = new DefaultHttpContext();
        var body = new MemoryStream();
        context.Response.Body = body;
        context.Features.Set(new GatewayRequest { Id = "1" });
        (context.Request.Method, context.Request.Path) = (method, path);
        if (accept.Length > 0)
        {
            context.Request.Headers.Accept = accept;
        }

        var source = new SnapshotSource { Current = release is null ? null : new(release, new() { Version = 1 }, _ => Task.CompletedTask) };
        var host = new Host(isDraining);
        await new OwnEndpointsMiddleware(
            next =>
            {
                next.Items["next"] = true;
                return Task.CompletedTask;
            },
            source,
            host).InvokeAsync(context);
        return (context, Encoding.UTF8.GetString(body.ToArray()));
    }

    private sealed class Host(bool isDraining) : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => new(true);

        public CancellationToken ApplicationStopping => new(isDraining);

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => throw new NotSupportedException();
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
