using Benchmarks.SideBySide.Processes;
using Benchmarks.SideBySide.Surroundings;

namespace Benchmarks.SideBySide.Peers;

/// <summary>nginx, which knows no tokens.</summary>
internal static class NginxPeer
{
    public static Command Prepare(Site site, int port) => Nginx.Command(site.Folder, site.Write($"nginx-{port}.conf", Config(site, port)));

    private static string Config(Site site, int port) => $$"""
        {{Nginx.Preamble(site.Folder, "proxy")}}
        http {
          {{Nginx.Temporary(site.Folder)}}
          access_log off;
          keepalive_requests 1000000000;
          keepalive_timeout 1h;
          map_hash_bucket_size 128;
          map $http_x_api_key $consumer {
            default "";
            {{string.Concat(site.Keys.Select(static one => $"{one.Key} {one.Consumer}; "))}}
          }
          limit_req_zone $consumer zone=per_consumer:10m rate=1667r/s;
          limit_req_status 429;
          upstream plain { server 127.0.0.1:{{site.Backend.Port}}; keepalive 64; keepalive_requests 1000000000; }
          upstream mutual { server 127.0.0.1:{{site.Backend.TlsPort}}; keepalive 64; keepalive_requests 1000000000; }
          server {
            listen 127.0.0.1:{{port}};
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            location = /a { proxy_pass http://plain; }
            location = /b {
              if ($consumer = "") { return 401; }
              limit_req zone=per_consumer burst=100000 nodelay;
              proxy_pass http://plain;
            }
            location = /d {
              proxy_pass https://mutual;
              proxy_ssl_certificate {{site.Papers.Leaf}};
              proxy_ssl_certificate_key {{site.Papers.Leaf}};
              proxy_ssl_trusted_certificate {{site.Papers.Roots}};
              proxy_ssl_verify on;
              proxy_ssl_name bench;
            }
          }
        }
        """;
}
