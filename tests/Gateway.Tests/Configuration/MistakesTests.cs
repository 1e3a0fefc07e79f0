namespace Gateway.Tests.Configuration;

/// <summary>One mistake in each configuration; » stands where it must be reported.</summary>
public class MistakesTests
{
    private const string Start = """
        version: 1
        services: { orders: "http://orders.internal", catalog: "https://catalog.example", trusted: { urls: "https://t.example", credential: { managedIdentity: t } } }
        issuers: { entra: { authority: "https://login.example", audiences: api } }
        limits: { local: { rate: 100 per 10s by consumer, mode: local } }
        plans: { free: {} }

        """;

    public static TheoryData<string, string> Files => new()
    {
        // what the parser or the strictness refuses
        { "»", "empty" },
        { "version: 1\n»---\nversion: 1", "second document" },
        { "»%YAML 1.2\n---\nversion: 1", "Directives" },
        { "version: 1\nservices: »&s { a: \"http://a\" }", "anchor" },
        { "version: 1\nservices: { a: »*a }", "alias" },
        { "version: 1\napis: { a: { at: »*.contoso.com } }", "alias|quote this value" },
        { "version: 1\nservices: { a: »!env x }", "tag|quote this value" },
        { "version: 1\nservices: { »<<: { a: \"http://a\" } }", "merge" },
        { "version: 1\nservices: { a: \"http://a\", »a: \"http://b\" }", "twice|line 2" },
        { "version: 1\n»version: 1", "twice|line 1" },
        { "version: 1\nroutes: { a: { match: GET /a/»{id} } }", "Quote this value: \"GET /a/{id}\"" },
        { "version: 1\nroutes:\n  a: {id}»/x", "Quote this value" },
        { "version: 1\nroutes:\n  a: »%x", "Quote this value: \"%x\"" },
        { "version: 1\nroutes:\n  a: »@x", "Quote this value: \"@x\"" },
        { "version: 1\nroutes:\n  a: »`x", "Quote this value" },
        { "version: 1\nroutes:\n  a: GET /a»: b", "quote this value" },
        { "version: 1\nservices:\n  a: »\"http://a", "closing quote" },
        { "version: 1\nroutes:\n  a:\n    match: »\"GET /a\n    auth: anonymous\n  b: \"x\"", "closing quote" },
        { "version: 1\nroutes:\n»\ta: GET /a", "tab|spaces" },
        { "version: 1\nroutes:\n  a:\n    match: GET /a\n   »auth: [anonymous]", "Indent this line like" },
        { "version: 1\ndefaults: { cors: { origins: [»*], maxAge: 10m } }", "alias|Quote this value: \"*\"." },
        { "version: 1\nroutes: { ? »[a] : b }", "key must be a plain text" },
        { "version: 1\nroutes: { \"»\": GET /a }".Replace("\"»\"", "»\"\""), "key is empty" },
        { "version: 1\nroutes: { »\"${env:A}\": GET /a }", "Keys are not filled in" },
        { "version: 1\n# »\u0007", "control character|0x07" },
        { "»[version, 1]", "list stands where none" },
        { "»just a text", "mapping with fields" },

        // the first level
        { "»services: {}", "'version' is missing|version: 1" },
        { "version: »2", "Version 2|version: 1" },
        { "version: »one", "whole number" },
        { "version: »1.0", "whole number" },
        { "version: »\"1\"", "Remove the quotes" },
        { "»version:", "no value" },
        { "version: »99999999999", "out of range" },
        { "version: 1\n»serivces: {}", "'serivces' is not a field|'services'" },
        { "version: 1\ntrustedProxies: [»10.0.0.1/8]", "10.0.0.0/8" },
        { "version: 1\ntrustedProxies: [»10.0.0.0/33]", "prefix length" },
        { "version: 1\ntrustedProxies: [»10.1/16]", "not a network" },
        { "version: 1\ntrustedProxies: [»\"2001:db8::1/32\"]", "2001:db8::/32" },
        { "version: 1\ntrustedProxies: [»\"::ffff:10.0.0.0/104\"]", "IPv4" },
        { "version: 1\nmesh: { trustDomain: »\"not a name\" }", "trust domain" },
        { "version: 1\nmesh: { trustDomain: »10.0.0.1 }", "trust domain" },
        { "version: 1\nmesh: { trustDomain: a.example }\nservices: { a: { urls: http://a, tls: »mesh } }", "http url|https" },
        { "version: 1\nmesh: { trustDomain: a.example }\nservices: { a: { urls: http://a, tls: »mesh-client } }", "http url|https" },
        { "version: 1\nmesh: { trustDomain: a.example }\nservices: { a: { urls: https://a, tls: mesh-client, identity: »x } }", "only with tls: mesh" },
        { "version: 1\nmesh: { trustDomain: a.example }\nservices: { a: { urls: https://a, tls: mesh, identity: »A_b } }", "not the name of a workload" },
        { "version: 1\nmesh: { trustDomain: a.example }\nservices: { Orders: { urls: https://a, tls: »mesh } }", "'Orders' cannot be one|identity:" },
        { "version: 1\ndefaultPlan: »fre\nplans: { free: {} }", "no plan 'fre'|'free'" },
        { "version: 1\nkeys: { headers: [»authorization] }", "always read" },
        { "version: 1\nkeys: { headers: [x-api-key, »x key] }", "not the name of a header" },
        { "version: 1\nkeys: { staleFor: »300 }", "no unit|300s" },
        { "version: 1\nkeys: { staleFor: »5 minutes }", "not a duration|5m" },
        { "version: 1\nkeys: { staleFor: »9999999d }", "too long" },
        { "version: 1\nservices: { »\"a b\": \"http://a\" }", "not a valid name" },
        { "version: 1\nservices: { a: \"»${env:NOPE}\" }".Replace("\"»", "»\""), "NOPE is not set|${env:NOPE:-default}" },
        { "version: 1\nservices: { a: »\"${NOPE}\" }", "not known|${env:NAME}" },
        { "version: 1\nservices: { a: »\"${env:1X}\" }", "not known" },
        { "version: 1\nservices: { a: { urls: »\"${keyvault:url}\" } }", "only in the headers" },
    };

    public static TheoryData<string, string> Services => new()
    {
        { "a: { »url: \"http://a\" }", "'url' is not a field|'urls'" },
        { "»a: {}", "'urls' is missing" },
        { "a: { urls: »[] }", "no url" },
        { "a: »ftp://a", "not an absolute http or https url" },
        { "a: »orders.internal:7443", "not an absolute http or https url" },
        { "a: »/orders", "not an absolute http or https url" },
        { "a: »http://a/?x=1", "query" },
        { "a: »http://a/#x", "fragment" },
        { "a: »http://user:password@a/", "name and password" },
        { "a: { urls: [http://a, »http://a] }", "twice" },
        { "a: { urls: http://a, tls: »public }", "http url" },
        { "a: { urls: https://a, tls: »off }", "https url" },
        { "a: { urls: https://a, tls: »mtls }", "'mtls' is not known|public, mesh, mesh-client, off" },
        { "a: { urls: https://a, tls: »mesh-clint }", "'mesh-client'" },
        { "a: { urls: https://a, identity: »x }", "only with tls: mesh" },
        { "a: { urls: https://a, tls: »mesh }", "which mesh|trustDomain" },
        { "a: { urls: https://a, tls: »mesh-client }", "which mesh|trustDomain" },
        { "a: { urls: https://a, host: »perserve }", "neither url, preserve" },
        { "a: { urls: https://a, balance: »two-choice }", "'two-choices'" },
        { "a: { urls: https://a, protocol: »h2 }", "'h2' is not known" },
        { "a: { urls: https://a, eject: { after: »0 } }", "not a number of failures" },
        { "a: { urls: https://a, eject: { for: »0s } }", "no time" },
        { "a: { urls: https://a, retry: { attempts: »0 } }", "1 to 10" },
        { "a: { urls: https://a, retry: { attempts: »\"2\" } }", "Remove the quotes" },
        { "a: { urls: https://a, retry: { on: [»500] } }", "'500' is not something to retry on" },
        { "a: { urls: https://a, timeout: »0s }", "time-out of zero" },
        { "a: { urls: https://a, timeout: »10 }", "no unit|10s" },
        { "a: { urls: https://a, timeout: { connect: »2sec } }", "not a duration" },
        { "a: { urls: https://a, timeout: { »firstbyte: 2s } }", "'firstByte'" },
        { "a: { urls: https://a, headers: { set: { »gateway_consumer: x } } }", "set by the gateway only" },
        { "a: { urls: https://a, headers: { set: { »Host: x } } }", "field 'host'" },
        { "a: { urls: https://a, headers: { set: { »Connection: x } } }", "belongs to the connection" },
        { "a: { urls: https://a, headers: { set: { »X-Forwarded-For: x } } }", "rebuilt" },
        { "a: { urls: https://a, headers: { set: { »Forwarded: x } } }", "rebuilt" },
        { "a: { urls: https://a, headers: { set: { »\"a b\": x } } }", "not the name of a header" },
        { "a: { urls: https://a, headers: { set: { x-a: »\"1\\r\\n2\" } } }", "line break" },
        { "a: { urls: https://a, headers: { set: { x-a: a, »X-A: b } } }", "twice" },
        { "a: { urls: https://a, headers: { set: { x-a: »café } } }", "not ASCII" },
        { "a: { urls: https://a, headers: { set: { x-a: a }, remove: [»X-A] } }", "both set and removed" },
        { "a: { urls: https://a, headers: { set: { x-a: »2 } } }", "Quote this value: \"2\"" },
        { "a: { urls: https://a, headers: { set: { x-a: »no-is-text, x-b: »true } } }".Replace("»no", "no"), "Quote this value: \"true\"" },
        { "a: { urls: https://a, headers: { set: { x-a: »\"a ${keyvault:b}\" } } }", "stands for a whole value" },
        { "a: { urls: https://a, headers: { set: { x-a: »\"${keyvault:a_b}\" } } }", "letters, digits and '-'" },
        { "a: { urls: https://a, headers: { set: { x-a: »\"${keyvault:}\" } } }", "letters, digits and '-'" },
        { "a: { urls: https://a, headers: { set: { x-a: »\"${env:NOPE:-${keyvault:b}}\" } } }", "stands for a whole value" },
        { "a: { urls: https://a, headers: { remove: [»\"${keyvault:b}\"] } }", "only in the headers" },
        { "a: { urls: https://a, identity: »\"${keyvault:b}\" }", "only in the headers|${env:NAME}" },
        { "a: { urls: https://a, credential: { managedIdentity: »\"${keyvault:b}\" } }", "only in the headers" },
        { "a: { urls: https://a, credential: { managedIdentity: »\"\" } }", "not a scope|api://orders/.default" },
        { "a: { urls: https://a, credential: { managedIdentity: »api://a b } }", "not a scope" },
        { "a: { urls: https://a, credential: { managedIdentity: »2 } }", "Quote this value" },
        { "a: { urls: https://a, »credential: {} }", "'managedIdentity' is missing" },
        { "a: { urls: [https://a, http://b.internal], »credential: { managedIdentity: x } }", "plain http, to http://b.internal|https" },
        { "a: { urls: https://a, credential: { managedIdentity: x }, headers: { set: { »authorization: x } } }", "token of the service's credential" },
        { "a: { urls: https://a, credential: { managedIdentity: x }, headers: { remove: [x-a, »Authorization] } }", "token of the service's credential" },
    };

    public static TheoryData<string, string> Others => new()
    {
        { "issuers: { »apiKey: { authority: \"https://a\", audiences: b } }", "credential of its own" },
        { "issuers: { a: { authority: »http://a.example, audiences: b } }", "could be anybody" },
        { "issuers: { a: { authority: »a.example, audiences: b } }", "not the address of an issuer" },
        { "issuers: { »a: { authority: https://a } }", "'audiences' is missing" },
        { "issuers: { a: { authority: https://a, audiences: »[] } }", "empty" },
        { "issuers: { a: { authority: https://a, audiences: b, algorithms: [»HS256] } }", "symmetric" },
        { "issuers: { a: { authority: https://a, audiences: b, algorithms: [»none] } }", "no signature" },
        { "issuers: { a: { authority: https://a, audiences: b, algorithms: [RS256, »RS265] } }", "not an algorithm|RS256" },
        { "issuers: { a: { authority: https://a, audiences: b, maxToken: »16 } }", "no unit|16KB" },
        { "issuers: { a: { authority: »\"https://${keyvault:b}\", audiences: b } }", "stands for a whole value" },
        { "issuers: { a: { authority: https://a, audiences: b, maxToken: »\"${keyvault:b}\" } }", "not a size" },
        { "issuers: { a: { authority: https://a, audiences: b, maxToken: »16kb } }", "not a size" },
        { "issuers: { a: { authority: https://a, audiences: b, maxToken: »1GB } }", "sensible" },
        { "limits: { a: »100 }", "not a limit|100 per 10s by consumer" },
        { "limits: { a: »100 per 10 by consumer }", "neither a duration|10s" },
        { "limits: { a: »many per 10s }", "'many' is not a whole number" },
        { "limits: { a: »0 per 10s }", "above zero" },
        { "limits: { a: »100 per week }", "day or month" },
        { "limits: { a: »100 per 10s for consumer }", "'for' is not understood" },
        { "limits: { a: »100 per 10s by user }", "nothing to count by" },
        { "limits: { a: »100 per 10s by claim }", "names no claim" },
        { "limits: { a: »100 per 10s by adress }", "'address'" },
        { "limits: { »a: { mode: local } }", "'rate' is missing" },
        { "limits: { a: { rate: 1 per 1s burst 2, »burst: 3, mode: local } }", "said twice" },
        { "limits: { a: »1 per 100ms }", "at least 1s|mode: local" },
        { "limits: { a: { rate: 10 per 1s, burst: »2 } }", "3 at least|burst 3" },
        { "limits: { a: »1000000000000000 per 1m }", "header can say|999999999999999" },
        { "limits: { a: 10 per 1s burst 9 }\nplans: { p: { a: »1000 per 1s } }", "150 at least|1000 per 1s burst 150" },
        { "limits: { a: { rate: 1000 per 1s, burst: »100 } }", "150 at least" },
        { "limits: { a: { rate: 1 per 1s, mode: local, by: [address, »address] } }", "twice" },
        { "limits: { a: { rate: 1 per 1s, mode: local, by: [»header a b] } }", "names no header" },
        { "limits: { a: { rate: 1 per 1s, mode: »locl } }", "'local'" },
        { "limits: { a: { rate: 1 per 1s, mode: local, zone: »Europe/Berlin } }", "Only calendar periods" },
        { "limits: { a: { rate: 1 per day, mode: local, zone: »Mars } }", "not known" },
        { "limits: { a: { rate: 1 in flight, mode: local, burst: »2 } }", "no burst" },
        { "limits: { a: { rate: 1 per day, mode: local, burst: »2 } }", "no burst" },
        { "limits: { a: { rate: 1 per 1s, mode: local, whenUnavailable: »admit } }", "needs no storage" },
        { "limits: { x: { rate: »1 per 1sec, mode: local } }\nplans: { a: { x: 5 per 1s } }", "'1sec' is neither" },
        { "plans: { a: { »nope: unlimited } }", "no limit 'nope'" },
        { "limits: { x: { rate: 1 per 1s, mode: local } }\nplans: { a: { x: »5 per 1m } }", "5 per 1m|5 per 1s" },
        { "limits: { x: { rate: 1 per 1s, mode: local } }\nplans: { a: { x: »5 in flight } }", "5 per 1s" },
        { "limits: { x: { rate: 1 per 1s, mode: local } }\nplans: { a: { x: »unlimted } }", "'unlimited'" },
        { "limits: { x: { rate: 1 per 1s, mode: local } }\nplans: { a: { x: »5 per 1s burst 9 } }", "has none" },
        { "limits: { x: { rate: 1 per 1s, mode: local } }\nplans: { a: { x: »5 per 1s by consumer } }", "numbers only" },
        { "apis: { a: { at: »https://api.contoso.com } }", "scheme" },
        { "apis: { a: { at: »api.contoso.com:8080/v1 } }", "port" },
        { "apis: { a: { at: »api..contoso/v1 } }", "not a host" },
        { "apis: { a: { at: »\"/v1/{**rest}\" } }", "to stand before others" },
        { "apis: { a: { routes: { »\"a/b\": { match: GET /, auth: anonymous, respond: {} } } } }", "not a valid name" },
        { "apis: { a: { auth: anonymous, respond: {}, routes: { x: GET /x, y: »GET /x } } }", "'a/x' and 'a/y'" },
    };

    public static TheoryData<string, string> Routes => new()
    {
        { "»r: { match: GET /, forward: orders }", "nowhere who may call" },
        { "»r: { match: GET /, auth: anonymous }", "no action" },
        { "»r: { auth: anonymous, forward: orders }", "'match' is missing" },
        { "r: { match: GET /, auth: anonymous, »foward: orders }", "'forward'" },
        { "r: { match: GET /, auth: anonymous, forward: orders, »respond: { status: 200 } }", "forward and respond" },
        { "r: { match: »GET, auth: anonymous, forward: orders }", "not a match|GET /GET" },
        { "r: { match: »GET orders, auth: anonymous, forward: orders }", "slash|GET /orders" },
        { "r: { match: »get /, auth: anonymous, forward: orders }", "capitals|GET" },
        { "r: { match: »\"GET,POST /\", auth: anonymous, forward: orders }", "several methods" },
        { "r: { match: »GET /_gateway/ping, auth: anonymous, forward: orders }", "gateway itself|another path" },
        { "r: { match: »GET /a b, auth: anonymous, forward: orders }", "more than a method and a path" },
        { "r: { match: »\"GET /{a}/{a}\", auth: anonymous, forward: orders }", "twice" },
        { "r: { match: »\"GET /{**a}/b\", auth: anonymous, forward: orders }", "follows" },
        { "r: { match: »\"GET /a{b}\", auth: anonymous, forward: orders }", "neither a literal" },
        { "r: { match: »GET /a%zz, auth: anonymous, forward: orders }", "percent-encoding" },
        { "r: { match: { methods: [GET, »GET], path: / }, auth: anonymous, forward: orders }", "twice" },
        { "r: { match: { methods: [»ANY], path: / }, auth: anonymous, forward: orders }", "'ANY' is not a method" },
        { "r: { match: { methods: [»\"G T\"], path: / }, auth: anonymous, forward: orders }", "not a method" },
        { "r: { match: { path: /, headers: { »\"x y\": a } }, auth: anonymous, forward: orders }", "not the name of a header" },
        { "r: { match: { path: /, headers: { »x: {} } }, auth: anonymous, forward: orders }", "says nothing" },
        { "r: { match: { path: /, query: { »x: { prefix: a, contains: b } } }, auth: anonymous, forward: orders }", "several things" },
        { "r: { match: { path: /, query: { x: { »suffix: a } } }, auth: anonymous, forward: orders }", "not a field|prefix" },
        { "r: { match: { path: /, query: { x: { exists: »maybe } } }, auth: anonymous, forward: orders }", "true or false" },
        { "a: { match: { path: /, priority: 1 }, auth: anonymous, forward: orders }\n  b: { match: »{ path: / }, auth: anonymous, forward: orders }", "No request ever reaches 'b'|'a' takes them all" },
        { "a: { match: GET /x, auth: anonymous, forward: orders }\n  b: { match: »GET /x, auth: anonymous, forward: orders }", "The routes 'a' and 'b' both take GET /x" },
        { "r: { match: { path: /, priority: »high }, auth: anonymous, forward: orders }", "whole number" },
        { "r: { match: GET /, auth: »apikey, forward: orders }", "'apiKey'" },
        { "r: { match: GET /, auth: [apiKey, »okta], forward: orders }", "no issuer 'okta'|entra" },
        { "r: { match: GET /, auth: [apiKey, »apiKey], forward: orders }", "twice" },
        { "r: { match: GET /, auth: { any: »[] }, forward: orders }", "No credential" },
        { "r: { match: GET /, »auth: { scopes: [a] }, forward: orders }", "'any' is missing" },
        { "r: { match: GET /, »auth:, forward: orders }", "no value" },
        { "r: { match: GET /, auth: { any: anonymous, »scopes: a }, forward: orders }", "Nobody who is anonymous" },
        { "r: { match: GET /, auth: { any: apiKey, »claims: { a: b } }, forward: orders }", "Only tokens have claims" },
        { "r: { match: GET /, auth: { any: apiKey, »scopes: [] }, forward: orders }", "Nothing is demanded" },
        { "r: { match: GET /, auth: { any: apiKey, plans: »gold }, forward: orders }", "no plan 'gold'" },
        { "r: { match: GET /, auth: anonymous, limits: [»lokal], forward: orders }", "'local'" },
        { "r: { match: GET /, auth: anonymous, limits: [local, »local], forward: orders }", "twice" },
        { "r: { match: GET /, auth: anonymous, forward: »ordrs }", "no service 'ordrs'|'orders'" },
        { "r: { match: GET /, auth: anonymous, »forward: { path: /x } }", "'to' is missing" },
        { "r: { match: GET /, auth: anonymous, forward: { to: »{ orders: 90 } } }", "add up to 90" },
        { "r: { match: GET /, auth: anonymous, forward: { to: { »nobody: 100 } } }", "no service 'nobody'" },
        { "r: { match: GET /, auth: anonymous, forward: { to: { orders: »all } } }", "whole number" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, path: »x } }", "slash|/x" },
        { "r: { match: \"GET /{id}\", auth: anonymous, forward: { to: orders, path: »\"/x/{ids}\" } }", "not in the path|'id'" },
        { "r: { match: [\"GET /{id}\", \"GET /x/y\"], auth: anonymous, forward: { to: orders, path: »\"/x/{id}\" } }", "/x/y" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, path: »\"/x/{parts.a}\" } }", "cannot be used here" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, path: »\"/x/{\" } }", "not closed" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, path: { strip: »v1 } } }", "not a prefix" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, »path: { strip: /v1, pattern: a, replace: b } } }", "several things" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, »path: { pattern: a } } }", "go together" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, path: { pattern: »\"(a\", replace: b } } }", "not a regular expression" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, path: { pattern: »'(a+)\\1', replace: b } } }", "without bounds" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, path: { pattern: \"^/(.*)$\", replace: »/$2 } } }", "no group $2" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, headers: { set: { x-a: »\"{nope.x}\" } } } }", "no source of values" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, headers: { remove: [»gateway-auth] } } }", "by the gateway only" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, query: { set: { a: »\"{id}\" } } } }", "not in the path" },
        { "r: { match: GET /, auth: anonymous, forward: { to: orders, headers: { set: { x-a: »\"${keyvault:b}\" } } } }", "only in the headers" },
        { "r: { match: GET /, auth: anonymous, respond: { text: »\"${keyvault:b}\" } }", "only in the headers" },
        { "r: { match: GET /, auth: anonymous, forward: { to: trusted, headers: { set: { »authorization: x } } } }", "token of the service's credential" },
        { "r: { match: GET /, auth: anonymous, »compose: {} }", "no parts" },
        { "r: { match: GET /, auth: anonymous, compose: { a: »orders:/x } }", "no call|METHOD service:/path" },
        { "r: { match: GET /, auth: anonymous, compose: { a: »GET ordrs:/x } }", "no service 'ordrs'|'orders'" },
        { "r: { match: GET /, auth: anonymous, compose: { »_a: GET orders:/x } }", "reserved" },
        { "r: { match: GET /, auth: anonymous, compose: { »a: \"GET orders:/{parts.b.x}\", b: \"GET orders:/{parts.a.x}\" } }", "a → b → a" },
        { "r: { match: GET /, auth: anonymous, compose: { »a: \"GET orders:/{parts.c.x}\", b: \"GET orders:/x\" } }", "part c|a, b" },
        { "r: { match: GET /, auth: anonymous, compose: { a: »\"GET orders:/{id}\" } }", "not in the path" },
        { "r: { match: GET /, auth: anonymous, compose: { a: { call: GET orders:/, body: »{ b: [\"{id}\"] } } } }", "not in the path" },
        { "r: { match: GET /, auth: anonymous, timeout: 2s, compose: { a: { call: GET orders:/, timeout: »3s } } }", "3s|2s" },
        { "r: { match: GET /, auth: anonymous, compose: { a: { call: GET orders:/, timeout: »0s } } }", "time-out of zero" },
        { "r: { match: GET /, auth: anonymous, compose: { »a: { optional: true } } }", "'call' is missing" },
        { "r: { match: GET /, auth: anonymous, respond: { status: »99 } }", "200 to 599" },
        { "r: { match: GET /, auth: anonymous, respond: { json: { a: 1 }, »text: a } }", "Both json and text" },
        { "r: { match: GET /, auth: anonymous, respond: { status: »204, text: a } }", "no body" },
        { "r: { match: GET /, auth: anonymous, respond: { headers: { »content-length: \"1\" } } }", "belongs to the connection" },
        { "r: { match: GET /, auth: anonymous, redirect: { to: /, status: »300 } }", "301, 302" },
        { "r: { match: GET /, auth: anonymous, redirect: { to: »\"https://{query.host}/\" } }", "host" },
        { "r: { match: GET /, auth: anonymous, redirect: { to: »x } }", "slash" },
        { "r: { match: GET /, auth: anonymous, respond: {}, timeout: »0s }", "time-out of zero" },
        { "r: { match: GET /, auth: anonymous, respond: {}, body: { types: [»json] } }", "not a media type" },
        { "r: { match: GET /, auth: anonymous, respond: {}, body: { max: »1M } }", "not a size" },
        { "r: { match: GET /, auth: anonymous, respond: {}, addresses: { deny: [»203.0.113.7/24] } }", "203.0.113.0/24" },
        { "r: { match: GET /, auth: anonymous, respond: {}, cors: { origins: [»\"*\"], credentials: true } }", "credentials" },
        { "r: { match: GET /, auth: anonymous, respond: {}, cors: { origins: [»\"https://a.b/\"] } }", "not an origin" },
        { "r: { match: GET /, auth: anonymous, respond: {}, cors: { origins: [»a.b] } }", "not an origin" },
        { "r: { match: GET /, auth: anonymous, respond: {}, cors: { origins: »[] } }", "No origin" },
        { "r: { match: GET /, auth: anonymous, respond: {}, cors: { origins: \"*\", methods: [»get] } }", "capitals" },
        { "r: { match: GET /, auth: anonymous, respond: {}, cors: { origins: \"*\", headers: [»\"*\"] } }", "not the name of a header" },
        { "r: { match: GET /, auth: anonymous, respond: {}, response: { headers: { set: { »transfer-encoding: chunked } } } }", "belongs to the connection" },
        { "r: { match: GET /, auth: anonymous, respond: {}, limits: { »a: b } }".Replace("limits: { »a", "limits: »{ a"), "mapping stands where none" },
        { "r: { match: GET /, auth: anonymous, respond: »[] }", "list stands where none" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void File_OneMistake_IsReportedAtItsPlace(string text, string words) => Check("", text, words);

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_OneMistake_IsReportedAtItsPlace(string text, string words) => Check("version: 1\nservices:\n  ", text, words);

    [Theory]
    [MemberData(nameof(Others))]
    public void Section_OneMistake_IsReportedAtItsPlace(string text, string words) => Check("version: 1\n", text, words);

    [Theory]
    [MemberData(nameof(Routes))]
    public void Route_OneMistake_IsReportedAtItsPlace(string text, string words) => Check(Start + "routes:\n  ", text, words);

    private static void Check(string before, string marked, string words)
    {
        var text = before + marked;
        var at = text.IndexOf('»', StringComparison.Ordinal);
        var (line, column) = (1 + text[..at].Count(character => character == '\n'), at - text[..at].LastIndexOf('\n'));

        var errors = Yaml.Load(text.Remove(at, 1)).Errors;

        var error = Assert.Single(errors);
        Assert.All(words.Split('|'), word => Assert.Contains(word, $"{error.Problem} {error.Mend}", StringComparison.Ordinal));
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Equal("gateway.yaml", error.File);
        Assert.False(error.NotSupportedYet);
    }
}
