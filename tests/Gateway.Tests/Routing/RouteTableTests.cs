using Gateway.Routing;

namespace Gateway.Tests.Routing;

public class RouteTableTests
{
    private static readonly string[] _routes =
    [
        "root GET /",
        "orders GET /orders",
        "order GET /orders/{id}",
        "order-new POST /orders",
        "order-put PUT,PATCH /orders/{id}",
        "order-any ANY /orders/{id}",
        "order-me GET /orders/me",
        "order-slash GET /orders/",
        "lines GET /orders/{id}/lines",
        "me-notes GET /orders/me/notes",
        "rest ANY /orders/{**rest}",
        "echo ANY /echo/{**path}",
        "echo-deep GET /echo/deep/{name}",
        "echo-end GET /echo/deep/{name}/end",
        "case GET /Case",
        "enc GET /caf%C3%A9/a%2fb",
        "tilde GET /~user",
        "head-own HEAD /heads/own",
        "head-get GET /heads/own",
        "head-any ANY /heads/own",
        "get-only GET /heads/get",
        "any-only ANY /heads/any",
        "get-or-any GET /heads/both",
        "any-or-get ANY /heads/both",
        "options OPTIONS /options",
        "ver1 GET /ver h:x-ver=1",
        "ver2 GET /ver h:X-Ver=2",
        "ver-beta GET /ver h:x-ver^beta",
        "ver-part GET /ver h:x-ver~gamma p:1",
        "ver-none GET /ver",
        "ver-two GET /ver h:x-ver=1 q:debug?",
        "q-debug GET /q q:debug=1",
        "q-no GET /q q:debug!",
        "q-not GET /q q:debug!=1 p:-1",
        "q-hat GET /q/p q:name^a%20b",
        "q-space GET /q/s q:name=a",
        "prio-low GET /prio h:x-a?",
        "prio-high GET /prio h:x-b? p:5",
        "any-cond ANY /rank h:x-a? h:x-b?",
        "get-plain GET /rank",
        "exact-cat ANY api.example/{**rest}",
        "exact-a GET api.example/a",
        "exact-post POST api.example/orders",
        "wild GET *.example/a",
        "wild-b GET *.example/b",
        "wild-deep GET *.deep.example/a",
        "any-a GET /a",
        "any-b GET /b",
        "only-get GET only.example/x",
        "none-x POST /x",
        "back-1 GET /back/a/{x}/c",
        "back-2 GET /back/{y}/b/d",
        "back-3 GET /back/a/b/e",
        "back-4 GET /back/{**all}",
        "param-tail GET /tail/{x}/",
        "empty GET /gap//x",
        "gap GET /gap/{x}/x",
    ];

    [Theory]
    // root, trailing slashes, case
    [InlineData("GET any/", "root")]
    [InlineData("POST any/", "405 GET, HEAD, OPTIONS")]
    [InlineData("GET any//", "404")]
    [InlineData("GET any/orders", "orders")]
    [InlineData("GET any/orders/", "order-slash")]
    [InlineData("POST any/orders/", "rest")]
    [InlineData("GET any/Orders", "404")]
    [InlineData("GET any/ORDERS/1", "404")]
    [InlineData("GET any/Case", "case")]
    [InlineData("GET any/case", "404")]
    [InlineData("GET any/Case/", "404")]
    [InlineData("GET any/order", "404")]
    [InlineData("GET any/orderss", "404")]
    // literal, parameter, catch-all; named methods before any
    [InlineData("GET any/orders/1", "order")]
    [InlineData("GET any/orders/me", "order-me")]
    [InlineData("GET any/orders/ME", "order")]
    [InlineData("GET any/orders/mee", "order")]
    [InlineData("POST any/orders", "order-new")]
    [InlineData("PUT any/orders/1", "order-put")]
    [InlineData("PATCH any/orders/1", "order-put")]
    [InlineData("DELETE any/orders/1", "order-any")]
    [InlineData("PUT any/orders/me", "order-put")]
    [InlineData("DELETE any/orders/me", "order-any")]
    [InlineData("POST any/orders/me", "order-any")]
    [InlineData("DELETE any/orders", "rest")]
    [InlineData("PUT any/orders", "rest")]
    [InlineData("HEAD any/orders", "orders")]
    [InlineData("HEAD any/orders/1", "order")]
    [InlineData("HEAD any/orders/me", "order-me")]
    [InlineData("OPTIONS any/orders", "rest")]
    [InlineData("OPTIONS any/orders/1", "order-any")]
    [InlineData("get any/orders", "rest")]
    [InlineData("get any/orders/1", "order-any")]
    [InlineData("PROPFIND any/orders/1", "order-any")]
    [InlineData("GET any/orders/1/lines", "lines")]
    [InlineData("GET any/orders/me/lines", "lines")]
    [InlineData("GET any/orders/me/notes", "me-notes")]
    [InlineData("GET any/orders/1/notes", "rest")]
    [InlineData("POST any/orders/1/lines", "rest")]
    [InlineData("POST any/orders/me/notes", "rest")]
    [InlineData("GET any/orders/1/lines/", "rest")]
    [InlineData("GET any/orders/1/", "rest")]
    [InlineData("GET any/orders//", "rest")]
    [InlineData("GET any/orders//lines", "rest")]
    [InlineData("GET any/orders/1/2/3/4/5", "rest")]
    [InlineData("GET any/orders/a%2Fb", "order")]
    [InlineData("GET any/orders/a%2Fb/lines", "lines")]
    // catch-all
    [InlineData("GET any/echo", "echo")]
    [InlineData("GET any/echo/", "echo")]
    [InlineData("POST any/echo", "echo")]
    [InlineData("GET any/echo/a", "echo")]
    [InlineData("GET any/echo/a/b/c", "echo")]
    [InlineData("GET any/echo//", "echo")]
    [InlineData("GET any/echo/deep", "echo")]
    [InlineData("GET any/echo/deep/", "echo")]
    [InlineData("GET any/echo/deep/x", "echo-deep")]
    [InlineData("HEAD any/echo/deep/x", "echo-deep")]
    [InlineData("POST any/echo/deep/x", "echo")]
    [InlineData("GET any/echo/deep/x/", "echo")]
    [InlineData("GET any/echo/deep/x/end", "echo-end")]
    [InlineData("POST any/echo/deep/x/end", "echo")]
    [InlineData("GET any/echo/deep/x/y", "echo")]
    [InlineData("GET any/echoo", "404")]
    [InlineData("GET any/Echo", "404")]
    [InlineData("DELETE any/echo/a%2Fb", "echo")]
    // percent-encoding: templates compare in normal form
    [InlineData("GET any/caf%C3%A9/a%2Fb", "enc")]
    [InlineData("GET any/caf%C3%A9/a/b", "404")]
    [InlineData("GET any/~user", "tilde")]
    // HEAD
    [InlineData("HEAD any/heads/own", "head-own")]
    [InlineData("GET any/heads/own", "head-get")]
    [InlineData("POST any/heads/own", "head-any")]
    [InlineData("HEAD any/heads/get", "get-only")]
    [InlineData("HEAD any/heads/any", "any-only")]
    [InlineData("HEAD any/heads/both", "get-or-any")]
    [InlineData("GET any/heads/both", "get-or-any")]
    [InlineData("PUT any/heads/both", "any-or-get")]
    [InlineData("PUT any/heads/get", "405 GET, HEAD, OPTIONS")]
    [InlineData("OPTIONS any/options", "options")]
    [InlineData("GET any/options", "405 OPTIONS")]
    // headers
    [InlineData("GET any/ver", "ver-none")]
    [InlineData("GET any/ver x-ver:1", "ver1")]
    [InlineData("GET any/ver X-VER:1", "ver1")]
    [InlineData("GET any/ver x-ver:2", "ver2")]
    [InlineData("GET any/ver x-ver:3", "ver-none")]
    [InlineData("GET any/ver x-ver:", "ver-none")]
    [InlineData("GET any/ver x-ver:beta", "ver-beta")]
    [InlineData("GET any/ver x-ver:beta-7", "ver-beta")]
    [InlineData("GET any/ver x-ver:Beta", "ver-none")]
    [InlineData("GET any/ver x-ver:old-gamma", "ver-part")]
    [InlineData("GET any/ver x-ver:beta-gamma", "ver-part")]
    [InlineData("GET any/ver x-ver:3 x-ver:2", "ver2")]
    [InlineData("GET any/ver x-ver:2 x-ver:3", "ver2")]
    [InlineData("GET any/ver x-ver:1 x-ver:2", "ver1")]
    [InlineData("GET any/ver x-ver:2 x-ver:1", "ver1")]
    [InlineData("GET any/ver?debug x-ver:1", "ver-two")]
    [InlineData("GET any/ver?debug=1 x-ver:1", "ver-two")]
    [InlineData("GET any/ver?debug=1 x-ver:2", "ver2")]
    [InlineData("GET any/ver?debug=1", "ver-none")]
    [InlineData("GET any/ver?Debug=1 x-ver:1", "ver1")]
    [InlineData("GET any/ver?x-ver=1", "ver-none")]
    [InlineData("HEAD any/ver x-ver:1", "ver1")]
    [InlineData("POST any/ver x-ver:1", "405 GET, HEAD, OPTIONS")]
    // query
    [InlineData("GET any/q?debug=1", "q-debug")]
    [InlineData("GET any/q", "q-no")]
    [InlineData("GET any/q?", "q-no")]
    [InlineData("GET any/q?debug=2", "q-not")]
    [InlineData("GET any/q?debug", "q-not")]
    [InlineData("GET any/q?debug=2&debug=1", "q-debug")]
    [InlineData("GET any/q?DEBUG=1", "q-no")]
    [InlineData("GET any/q?de%62ug=%31", "q-debug")]
    [InlineData("GET any/q?other=1", "q-no")]
    [InlineData("GET any/q?a=1&debug=1&b=2", "q-debug")]
    [InlineData("GET any/q?adebug=1", "q-no")]
    [InlineData("GET any/q/s?name=a", "q-space")]
    [InlineData("GET any/q/s?name=%61", "q-space")]
    [InlineData("GET any/q/s?name=A", "404")]
    [InlineData("GET any/q/s", "404")]
    [InlineData("POST any/q/s", "404")]
    [InlineData("POST any/q/s?name=a", "405 GET, HEAD, OPTIONS")]
    [InlineData("GET any/q/p?name=a%2520b", "q-hat")]
    [InlineData("GET any/q/p?name=a%20b", "404")]
    // conditions and priority
    [InlineData("GET any/prio", "404")]
    [InlineData("GET any/prio x-a:1", "prio-low")]
    [InlineData("GET any/prio x-b:1", "prio-high")]
    [InlineData("GET any/prio x-a:1 x-b:1", "prio-high")]
    [InlineData("GET any/rank x-a:1 x-b:1", "get-plain")]
    [InlineData("POST any/rank x-a:1 x-b:1", "any-cond")]
    [InlineData("POST any/rank x-a:1", "405 GET, HEAD, OPTIONS")]
    [InlineData("HEAD any/rank x-a:1 x-b:1", "get-plain")]
    // hosts
    [InlineData("GET api.example/a", "exact-a")]
    [InlineData("GET API.Example/a", "exact-a")]
    [InlineData("GET api.example:8443/a", "exact-a")]
    [InlineData("GET api.example./a", "exact-a")]
    [InlineData("GET api.example.:80/a", "exact-a")]
    [InlineData("POST api.example/a", "exact-cat")]
    [InlineData("GET api.example/b", "exact-cat")]
    [InlineData("GET api.example/", "exact-cat")]
    [InlineData("GET api.example/orders/1", "exact-cat")]
    [InlineData("POST api.example/orders", "exact-post")]
    [InlineData("GET www.example/a", "wild")]
    [InlineData("GET WWW.EXAMPLE:443/a", "wild")]
    [InlineData("GET www.example/b", "wild-b")]
    [InlineData("POST www.example/a", "405 GET, HEAD, OPTIONS")]
    [InlineData("GET www.example/orders", "orders")]
    [InlineData("GET www.example/c", "404")]
    [InlineData("GET x.www.example/a", "any-a")]
    [InlineData("GET x.deep.example/a", "wild-deep")]
    [InlineData("GET deep.example/a", "wild")]
    [InlineData("GET y.x.deep.example/a", "any-a")]
    [InlineData("GET example/a", "any-a")]
    [InlineData("GET .example/a", "any-a")]
    [InlineData("GET notexample/a", "any-a")]
    [InlineData("GET other.test/a", "any-a")]
    [InlineData("GET other.test/b", "any-b")]
    [InlineData("GET 127.0.0.1:7071/a", "any-a")]
    [InlineData("GET [::1]:7071/a", "any-a")]
    [InlineData("GET [::1]/a", "any-a")]
    [InlineData("GET only.example/x", "only-get")]
    [InlineData("POST only.example/x", "none-x")]
    [InlineData("PUT only.example/x", "405 GET, HEAD, OPTIONS, POST")]
    [InlineData("PUT other.test/x", "405 OPTIONS, POST")]
    [InlineData("GET other.test/x", "405 OPTIONS, POST")]
    [InlineData("OPTIONS other.test/x", "405 OPTIONS, POST")]
    // dead ends
    [InlineData("GET any/back/a/b/c", "back-1")]
    [InlineData("GET any/back/a/b/d", "back-2")]
    [InlineData("GET any/back/a/b/e", "back-3")]
    [InlineData("GET any/back/a/b/f", "back-4")]
    [InlineData("GET any/back/a/x/c", "back-1")]
    [InlineData("GET any/back/a/x/d", "back-4")]
    [InlineData("GET any/back/z/b/d", "back-2")]
    [InlineData("GET any/back/z/b/e", "back-4")]
    [InlineData("GET any/back/a/b", "back-4")]
    [InlineData("GET any/back", "back-4")]
    [InlineData("GET any/back/", "back-4")]
    [InlineData("GET any/back/a/b/c/d", "back-4")]
    [InlineData("POST any/back/a/b/c", "405 GET, HEAD, OPTIONS")]
    // empty segments
    [InlineData("GET any/tail/1/", "param-tail")]
    [InlineData("GET any/tail/1", "404")]
    [InlineData("GET any/tail//", "404")]
    [InlineData("GET any/gap//x", "empty")]
    [InlineData("GET any/gap/1/x", "gap")]
    [InlineData("GET any/gap/x", "404")]
    // mixed
    [InlineData("GET any/gap//x/", "404")]
    [InlineData("HEAD api.example/a", "exact-a")]
    [InlineData("OPTIONS api.example/a", "exact-cat")]
    [InlineData("GET api.example/orders", "exact-cat")]
    [InlineData("DELETE api.example:1/orders", "exact-cat")]
    [InlineData("HEAD www.example/a", "wild")]
    [InlineData("OPTIONS www.example/a", "405 GET, HEAD, OPTIONS")]
    [InlineData("GET www.example/ver x-ver:2", "ver2")]
    [InlineData("GET www.example/echo/x", "echo")]
    [InlineData("GET x.deep.example/b", "any-b")]
    [InlineData("GET x.deep.example/orders/me", "order-me")]
    [InlineData("GET xn--bcher-kva.example/a", "wild")]
    [InlineData("POST only.example:99/x", "none-x")]
    [InlineData("HEAD only.example/x", "only-get")]
    [InlineData("GET only.example/y", "404")]
    [InlineData("GET only.example/a", "wild")]
    [InlineData("GET any/orders/%7B", "order")]
    [InlineData("GET any/orders/..;", "order")]
    [InlineData("GET any/orders/me%2Fnotes", "order")]
    [InlineData("GET any/%6Frders", "404")]
    [InlineData("TRACE any/echo", "echo")]
    [InlineData("GET any/ver?debug&debug x-ver:1", "ver-two")]
    [InlineData("GET any/q?debug=", "q-not")]
    [InlineData("GET any/q?&&debug=1&", "q-debug")]
    [InlineData("GET any/q?debug=1%20", "q-not")]
    [InlineData("GET any/prio X-A:0", "prio-low")]
    [InlineData("GET any/rank", "get-plain")]
    [InlineData("DELETE any/rank", "405 GET, HEAD, OPTIONS")]
    [InlineData("GET any/tail/1/2", "404")]
    [InlineData("GET any/back//b/d", "back-4")]
    public void Find_Request_ReturnsTheRouteOfTheRule(string request, string expected) =>
        Assert.Equal(expected, Outcome(Routes.Table(_routes), Routes.Ask(request)));

    [Theory]
    [InlineData("a GET /x", "b GET /x")]
    [InlineData("a GET /x/{id}", "b GET /x/{name}")]
    [InlineData("a ANY /x/{**id}", "b ANY /x/{**name}")]
    [InlineData("a GET,POST /x", "b POST,PUT /x")]
    [InlineData("a GET H.example/x", "b GET h.example/x")]
    [InlineData("a GET /%7ex", "b GET /~x")]
    [InlineData("a GET /x h:one?", "b GET /x h:two?")]
    [InlineData("a GET /x h:one^1", "b GET /x h:one^12")]
    [InlineData("a GET /x h:one^1", "b GET /x h:one~2")]
    [InlineData("a GET /x q:one=1", "b GET /x q:ONE=2")]
    [InlineData("a GET /x q:one=1", "b GET /x h:one=2")]
    [InlineData("a GET /x h:one=1", "b GET /x h:one!=2")]
    [InlineData("a GET /x p:2", "b GET /x p:2")]
    public void Ties_NothingDecides_NamesBoth(string one, string other)
    {
        var tie = Assert.Single(Routes.Table(other, one).Ties);

        Assert.Equal(("a", "b"), (tie.First, tie.Second));
    }

    [Theory]
    [InlineData("a GET /x", "b POST /x")]
    [InlineData("a GET /x", "b ANY /x")]
    [InlineData("a GET /x", "b HEAD /x")]
    [InlineData("a GET /x", "b GET /x/")]
    [InlineData("a GET /x", "b GET /X")]
    [InlineData("a GET /{x}", "b GET /{**x}")]
    [InlineData("a GET /x/{y}", "b GET /{x}/y")]
    [InlineData("a GET h.example/x", "b GET /x")]
    [InlineData("a GET h.example/x", "b GET *.example/x")]
    [InlineData("a GET /x p:1", "b GET /x")]
    [InlineData("a GET /x h:one?", "b GET /x")]
    [InlineData("a GET /x h:x-ver=1", "b GET /x h:X-Ver=2")]
    [InlineData("a GET /x h:one=1", "b GET /x h:one!=1")]
    [InlineData("a GET /x h:one?", "b GET /x h:one!")]
    [InlineData("a GET /x h:one^1", "b GET /x h:one!")]
    [InlineData("a GET /x h:one^ab", "b GET /x h:one^ac")]
    [InlineData("a GET /x h:one^ab", "b GET /x h:one=ac")]
    [InlineData("a GET /x h:one~b", "b GET /x h:one=ac")]
    [InlineData("a GET /x h:one^abc", "b GET /x h:one!^ab")]
    [InlineData("a GET /x h:one=1 h:two=1", "b GET /x h:one=2 h:two=1")]
    public void Ties_SomethingDecides_None(string one, string other) => Assert.Empty(Routes.Table(one, other).Ties);

    [Fact]
    public void Ties_OneRouteTwice_OnlyWhenItsParametersDiffer()
    {
        Assert.Empty(RouteTable.Build([Routes.Of("a", "GET /x/{id}", "GET /x/{id}")]).Ties);
        Assert.Single(RouteTable.Build([Routes.Of("a", "GET /x/{id}", "GET /x/{name}")]).Ties);
    }

    [Fact]
    public void Ties_TheTableOfTheseTests_HasNone() => Assert.Empty(Routes.Table([.. _routes.Where(route => !route.StartsWith("ver-beta ", StringComparison.Ordinal))]).Ties);

    [Fact]
    public void Explain_SeveralMatches_SaysWhyEachWonOrLost()
    {
        var verdicts = Routes.Table("a GET /x/{id}", "b ANY /x/{id}", "c GET /x/{**rest}", "d GET h.example/x/{id}", "e POST /x/1", "f GET /y", "g GET /x/{id} h:beta=1")
            .Explain(Routes.Ask("GET any/x/1"));

        Assert.Equal(
            [
                ("a", RouteOutcome.Won, "It names the method."),
                ("b", RouteOutcome.Lost, "a names the method."),
                ("c", RouteOutcome.Lost, "a has the more specific path."),
                ("g", RouteOutcome.NoMatch, "The condition does not hold: header beta = 1."),
                ("e", RouteOutcome.NoMatch, "The method is not POST."),
                ("f", RouteOutcome.NoMatch, "Segment 1 of the path is not \"y\"."),
                ("d", RouteOutcome.NoMatch, "The host is not h.example."),
            ],
            verdicts.Select(verdict => (verdict.Route, verdict.Outcome, verdict.Reason)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("/{}")]
    [InlineData("/{a}b")]
    [InlineData("/a{b}")]
    [InlineData("/{**rest}/x")]
    [InlineData("/{a}/{a}")]
    [InlineData("/a?b")]
    [InlineData("/a/../b")]
    [InlineData("/a%2")]
    [InlineData("/{a b}")]
    [InlineData("/{*rest}")]
    public void FindTemplateProblem_NoTemplate_Says(string template) => Assert.NotNull(RouteTable.FindTemplateProblem(template));

    internal static string Outcome(RouteTable table, RouteQuestion question)
    {
        var methods = table.MethodsFor(question);
        return table.Find(question)?.Route.Name ?? (methods.Count == 0 ? "404" : "405 " + string.Join(", ", methods));
    }
}
