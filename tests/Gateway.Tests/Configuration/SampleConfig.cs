namespace Gateway.Tests.Configuration;

/// <summary>A configuration that uses all of the language that is executed so far.</summary>
internal static class SampleConfig
{
    public const string Text = """
        version: 1
        trustedProxies: [10.0.0.0/8, "2001:db8::/32", 192.0.2.7]
        mesh: { trustDomain: fabrikam.internal }
        issuers:
          login:
            authority: "https://login.example/${env:TENANT:-common}/v2.0"
            audiences: ["api://books"]
            algorithms: [RS256, ES256]
            types: at+jwt
            maxToken: 8KB
            scopesFrom: [scp, roles]
            consumer: azp
        services:
          authors: https://authors.example/api
          books:
            urls: ["http://books-a.internal:8080", "http://books-b.internal:8080"]
            tls: off
            host: preserve
            protocol: http2
            balance: round-robin
            eject: { after: 3, for: 1m }
            retry: { attempts: 3, on: [connect, 503, 429] }
            timeout: { connect: 1s, firstByte: 5s, idle: 2m }
            headers: { set: { x-team: books }, remove: [x-debug] }
          slow: { urls: "https://slow.example", timeout: 90s }
        limits:
          per-consumer: { rate: 100 per 10s by consumer, mode: local }
          bursty: { rate: 10 per 1s burst 50 by consumer, mode: local }
          monthly: { rate: 100000 per month, by: consumer, zone: Europe/Berlin, mode: local }
          streams: { rate: 3 in flight, by: [address, route, claim tid, header x-tenant], mode: local, shadow: true }
        plans:
          free: {}
          gold: { per-consumer: 1000 per 10s, bursty: 20 per 1s burst 100, monthly: unlimited, streams: 9 in flight }
        defaultPlan: free
        keys: { headers: [x-api-key, x-key], staleFor: 0s }
        defaults:
          response: { headers: { set: { x-frame-options: deny }, remove: [server] } }
        apis:
          shop:
            at: "*.fabrikam.com/v1"
            auth: { any: [apiKey, login], scopes: [books.read] }
            limits: [per-consumer, monthly]
            cors: { origins: ["https://app.fabrikam.com", "https://*.fabrikam.com"], methods: [GET], headers: [authorization], expose: [x-total], credentials: true, maxAge: 10m }
            addresses: { allow: [203.0.113.0/24], deny: 203.0.113.7 }
            body: { max: 1MB, types: [application/json, image/*] }
            forward: books
            routes:
              list: GET /books
              one:
                match: ["GET /books/{id}", "PUT /books/{id}"]
                timeout: 3s
                auth:
                  any: login
                  scopes: { any: [books.write, books.admin] }
                  claims: { department: { any: [sales, ops] }, /realm_access/roles: editor, level: 3 }
                  groups: partners
                  plans: gold
                forward:
                  to: { books: 100 }
                  path: "/internal/{id}"
                  query: { set: { v: "2", user: "{claim.sub}" }, remove: [debug] }
                  headers: { set: { x-tenant: "{claim.tid}", x-id: "{id}" }, remove: [x-debug] }
              beta:
                match: { methods: [GET], path: "/books/{id}", headers: { x-beta: "1", x-ring: { prefix: in } }, query: { debug: { not: { exists: true } }, q: { contains: a } }, priority: 10 }
                forward: { to: books, path: { strip: /v1 } }
              overview:
                match: "GET /overview/{author}"
                timeout: 2s
                compose:
                  profile: "GET authors:/authors/{author}"
                  sales:
                    call: POST books:/sales?top={query.top}
                    body: { author: "{author}", tier: "{parts.profile.tier}", max: 5 }
                    optional: true
                    timeout: 800ms
                    max: 64KB
        routes:
          old: { match: [GET /item.aspx, HEAD /item.aspx], auth: anonymous, redirect: { to: "/items/{query.id}", status: 301 } }
          ping: { match: /ping, auth: anonymous, respond: { status: 200, headers: { cache-control: no-store }, json: { ok: true, at: 2024-10-21, n: [1, 2.5, null] } } }
          text: { match: ANY /text, auth: anonymous, respond: { text: no } }
          moved: { match: "GET /old/{**rest}", auth: anonymous, forward: { to: authors, path: { pattern: "^/old/(.*)$", replace: "/new/$1" } } }

        """;
}
