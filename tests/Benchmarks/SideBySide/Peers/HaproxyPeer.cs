using Benchmarks.SideBySide.Processes;
using Benchmarks.SideBySide.Surroundings;

namespace Benchmarks.SideBySide.Peers;

/// <summary>HAProxy: what the others are compared with.</summary>
internal static class HaproxyPeer
{
    public static Command Prepare(Site site, int port)
    {
        var keys = site.Write("haproxy.keys", string.Concat(site.Keys.Select(static one => $"{one.Key} {one.Consumer}\n")));
        return new("haproxy", "-db", "-f", site.Write($"haproxy-{port}.cfg", Config(site, port, keys)));
    }

    private static string Config(Site site, int port, string keys) => $$"""
        global
          nbthread 1

        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          http-reuse always

        frontend door
          bind 127.0.0.1:{{port}}
          use_backend a if { path /a }
          use_backend b if { path /b }
          use_backend c if { path /c }
          use_backend d if { path /d }

        backend limits
          stick-table type string len 64 size 100k expire 10m store http_req_rate(60s)

        backend a
          server plain 127.0.0.1:{{site.Backend.Port}}

        backend b
          http-request set-var(txn.consumer) req.hdr(x-api-key),map_str({{keys}})
          http-request deny deny_status 401 unless { var(txn.consumer) -m found }
          http-request track-sc0 var(txn.consumer) table limits
          http-request deny deny_status 429 if { sc_http_req_rate(0,limits) gt 100000 }
          server plain 127.0.0.1:{{site.Backend.Port}}

        backend c
          http-request set-var(txn.token) http_auth_bearer
          http-request set-var(txn.algorithm) var(txn.token),jwt_header_query('$.alg')
          http-request deny deny_status 401 unless { var(txn.algorithm) -m str RS256 }
          http-request deny deny_status 401 unless { var(txn.token),jwt_verify(txn.algorithm,"{{site.IssuerKey}}") 1 }
          http-request deny deny_status 401 unless { var(txn.token),jwt_payload_query('$.iss') -m str {{site.Mesh.Values["ISSUER_URL"]}} }
          http-request deny deny_status 401 unless { var(txn.token),jwt_payload_query('$.aud') -m str {{TokenMint.Audience}} }
          http-request set-var(txn.expires) var(txn.token),jwt_payload_query('$.exp','int')
          http-request set-var(txn.now) date()
          http-request deny deny_status 401 if { var(txn.expires),sub(txn.now) -m int lt 0 }
          http-request set-var(txn.consumer) var(txn.token),jwt_payload_query('$.sub')
          http-request track-sc0 var(txn.consumer) table limits
          http-request deny deny_status 429 if { sc_http_req_rate(0,limits) gt 100000 }
          server plain 127.0.0.1:{{site.Backend.Port}}

        backend d
          server mutual 127.0.0.1:{{site.Backend.TlsPort}} ssl crt {{site.Papers.Leaf}} ca-file {{site.Papers.Roots}} verify required

        """;
}
