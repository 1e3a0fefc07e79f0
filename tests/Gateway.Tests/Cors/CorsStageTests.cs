using Gateway.Cors;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Tests.Requests;
using Gateway.Tests.Routing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Cors;

public class CorsStageTests
{
    private const string App = "https://app.example";
    private static readonly CorsConfig _config = new() { Origins = [App, "https://*.contoso.com"], Headers = ["authorization", "x-a"], Expose = ["x-b", "x-c"], MaxAge = TimeSpan.FromMinutes(10) };

    public static TheoryData<string, CorsConfig, string, string, string> Preflights => new()
    {
        // case; configuration; match; asked (name=value;…); answer (name=value;…), all of it
        { "allowed", _config, "GET,PUT /", $"Origin={App}", "Access-Control-Allow-Headers=authorization, x-a;Access-Control-Allow-Methods=GET, PUT;Access-Control-Allow-Origin=https://app.example;Access-Control-Max-Age=600;Vary=Origin" },
        { "refused origin", _config, "GET /", "Origin=https://evil.example", "Vary=Origin" },
        { "own methods", _config with { Methods = ["DELETE"] }, "GET /", $"Origin={App}", "Access-Control-Allow-Headers=authorization, x-a;Access-Control-Allow-Methods=DELETE;Access-Control-Allow-Origin=https://app.example;Access-Control-Max-Age=600;Vary=Origin" },
        { "any method", new() { Origins = [App] }, "ANY /", $"Origin={App};Access-Control-Request-Method=PURGE", "Access-Control-Allow-Methods=PURGE;Access-Control-Allow-Origin=https://app.example;Vary=Origin,Access-Control-Request-Method" },
        { "any method, no token", new() { Origins = [App] }, "ANY /", $"Origin={App};Access-Control-Request-Method=<b>", "Access-Control-Allow-Origin=https://app.example;Vary=Origin,Access-Control-Request-Method" },
        { "any header", new() { Origins = [App], Headers = ["*"] }, "GET /", $"Origin={App};Access-Control-Request-Headers=authorization,x-z", "Access-Control-Allow-Headers=authorization,x-z;Access-Control-Allow-Methods=GET;Access-Control-Allow-Origin=https://app.example;Vary=Origin,Access-Control-Request-Headers" },
        { "credentials", new() { Origins = [App], Credentials = true }, "GET /", $"Origin={App}", "Access-Control-Allow-Credentials=true;Access-Control-Allow-Methods=GET;Access-Control-Allow-Origin=https://app.example;Vary=Origin" },
        { "credentials never with *", new() { Origins = ["*"], Credentials = true }, "GET /", $"Origin={App}", "Access-Control-Allow-Methods=GET;Access-Control-Allow-Origin=*" },
        { "*", new() { Origins = ["*"] }, "GET /", "Origin=null", "Access-Control-Allow-Methods=GET;Access-Control-Allow-Origin=*" },
        { "private network off", _config, "GET /", $"Origin={App};Access-Control-Request-Private-Network=true", "Access-Control-Allow-Headers=authorization, x-a;Access-Control-Allow-Methods=GET;Access-Control-Allow-Origin=https://app.example;Access-Control-Max-Age=600;Vary=Origin" },
        { "private network on", new() { Origins = [App], PrivateNetwork = true }, "GET /", $"Origin={App};Access-Control-Request-Private-Network=true", "Access-Control-Allow-Methods=GET;Access-Control-Allow-Origin=https://app.example;Access-Control-Allow-Private-Network=true;Vary=Origin,Access-Control-Request-Private-Network" },
        { "private network on, not asked", new() { Origins = [App], PrivateNetwork = true }, "GET /", $"Origin={App}", "Access-Control-Allow-Methods=GET;Access-Control-Allow-Origin=https://app.example;Vary=Origin,Access-Control-Request-Private-Network" },
        { "private network on, refused origin", new() { Origins = [App], PrivateNetwork = true }, "GET /", "Origin=https://evil.example;Access-Control-Request-Private-Network=true", "Vary=Origin,Access-Control-Request-Private-Network" },
    };

    public static TheoryData<string, CorsConfig, string, string, string> Answers => new()
    {
        // case; configuration; asked; the service's own; answer
        { "allowed", _config, $"Origin={App}", "", "Access-Control-Allow-Origin=https://app.example;Access-Control-Expose-Headers=x-b, x-c;Vary=Origin" },
        { "refused origin", _config, "Origin=https://evil.example", "", "Vary=Origin" },
        { "no origin", _config, "", "", "Vary=Origin" },
        { "two origins", _config, $"Origin={App}|{App}", "", "Vary=Origin" },
        { "credentials", new() { Origins = [App], Credentials = true }, $"Origin={App}", "", "Access-Control-Allow-Credentials=true;Access-Control-Allow-Origin=https://app.example;Vary=Origin" },
        { "credentials never with *", new() { Origins = ["*"], Credentials = true }, $"Origin={App}", "", "Access-Control-Allow-Origin=*" },
        { "*, no origin", new() { Origins = ["*"] }, "", "", "" },
        { "service's own is replaced", _config, $"Origin={App}", "Access-Control-Allow-Origin=*;Access-Control-Allow-Credentials=true;Access-Control-Expose-Headers=x-z;Vary=Accept", "Access-Control-Allow-Origin=https://app.example;Access-Control-Expose-Headers=x-b, x-c;Vary=Accept,Origin" },
        { "service's own is removed", _config, "Origin=https://evil.example", "Access-Control-Allow-Origin=*", "Vary=Origin" },
        { "vary once", _config, "", "Vary=accept, origin", "Vary=accept, origin" },
        { "vary *", _config, "", "Vary=*", "Vary=*" },
    };

    [Theory]
    [MemberData(nameof(Preflights))]
    public async Task Invoke_Preflight_EndsHere(string name, CorsConfig config, string match, string asked, string answer)
    {
        var (context, response) = StartedResponse.Create();
        context.Gateway().IsPreflight = true;
        Ask(context, asked);
        var entered = await Run(config, match, context);
        await response.StartAsync();

        Assert.False(entered, name);
        Assert.Equal(204, context.Response.StatusCode);
        Assert.Equal(answer, Text(context));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Invoke_OtherRequest_GoesOnAndIsMarked(string name, CorsConfig config, string asked, string own, string answer)
    {
        var (context, response) = StartedResponse.Create();
        Ask(context, asked);
        var entered = await Run(config, "GET /", context);
        foreach (var header in own.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            context.Response.Headers[header[..header.IndexOf('=')]] = header[(header.IndexOf('=') + 1)..];
        }

        await response.StartAsync();

        Assert.True(entered, name);
        Assert.Equal(answer, Text(context));
    }

    [Fact]
    public async Task Invoke_AnswerIsAProblem_IsMarkedToo()
    {
        var (context, response) = StartedResponse.Create();
        Ask(context, $"Origin={App}");
        await Run(_config, "GET /", context);
        await Problem.WriteAsync(context, new(GatewayError.Forbidden));
        await response.StartAsync();

        Assert.Equal(App, context.Response.Headers.AccessControlAllowOrigin);
        Assert.Equal("Origin", context.Response.Headers.Vary);
    }

    [Fact]
    public void Compile_NoCors_CostsNothing()
    {
        RequestDelegate next = _ => Task.CompletedTask;

        Assert.Same(next, new CorsStage().Compile(Routes.Of("r", "GET /"), next));
    }

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("https://APP.example", false)] // browsers send lower case
    [InlineData("http://app.example", false)]
    [InlineData("https://app.example:444", false)]
    [InlineData("https://app.example.evil", false)]
    [InlineData("https://a.contoso.com", true)]
    [InlineData("https://a.b.contoso.com", true)]
    [InlineData("https://contoso.com", false)]
    [InlineData("https://.contoso.com", false)]
    [InlineData("https://a..contoso.com", false)]
    [InlineData("https://evil.example/.contoso.com", false)]
    [InlineData("https://evil.example#.contoso.com", false)]
    [InlineData("https://evil.example:80.contoso.com", false)]
    [InlineData("https://user@a.contoso.com", false)]
    [InlineData("https://evilcontoso.com", false)]
    [InlineData("https://a.contoso.com.evil", false)]
    [InlineData("https://a.contoso.com:8443", false)]
    [InlineData("https://a.port.example:8443", true)]
    [InlineData("http://a.contoso.com", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void Contains_Origin_IsComparedWhole(string origin, bool isIn) =>
        Assert.Equal(isIn, new OriginList(["https://App.example/", "https://*.contoso.com", "https://*.port.example:8443"]).Contains(origin));

    private static void Ask(HttpContext context, string asked)
    {
        foreach (var header in asked.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            context.Request.Headers[header[..header.IndexOf('=')]] = header[(header.IndexOf('=') + 1)..].Split('|');
        }
    }

    private static async Task<bool> Run(CorsConfig config, string match, HttpContext context)
    {
        var entered = false;
        await new CorsStage().Compile(Routes.Of("r", match) with { Cors = config }, _ =>
        {
            entered = true;
            return Task.CompletedTask;
        })(context);
        return entered;
    }

    private static string Text(HttpContext context) =>
        string.Join(';', context.Response.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}={header.Value}"));
}
