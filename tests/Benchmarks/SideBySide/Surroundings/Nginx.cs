using Benchmarks.SideBySide.Processes;

namespace Benchmarks.SideBySide.Surroundings;

/// <summary>What every nginx of the bench needs.</summary>
internal static class Nginx
{
    public static Command Command(string folder, string config) => new("nginx", "-p", folder, "-c", config, "-e", "stderr");

    public static string Preamble(string folder, string name) => $$"""
        daemon off;
        worker_processes 1;
        error_log stderr error;
        pid {{Path.Combine(folder, name)}}.pid;
        events { worker_connections 1024; }
        """;

    /// <summary>Else they lie where only the system's own nginx may write.</summary>
    public static string Temporary(string folder) =>
        string.Join(' ', new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"{kind}_temp_path {Path.Combine(folder, "nginx-temp")};"));
}
