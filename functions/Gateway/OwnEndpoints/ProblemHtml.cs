using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gateway.Errors;

namespace Gateway.OwnEndpoints;

/// <summary>Problem pages as HTML: one file each, nothing fetched from elsewhere, light or dark as the reader's system is.</summary>
internal static class ProblemHtml
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:light-dark(#1c2330,#e8ebf2);--soft:light-dark(#5d6779,#9aa5b8);--line:light-dark(#dfe3ea,#333c4c);--page:light-dark(#f6f7f9,#12161e);--card:light-dark(#fff,#1a202b);--mark:light-dark(#1a56c4,#86b2ff)}
        *{box-sizing:border-box}
        body{margin:0;padding:8vh 20px 40px;background:var(--page);color:var(--ink);font:17px/1.6 system-ui,sans-serif}
        main{max-width:660px;margin:auto;padding:36px 40px;background:var(--card);border:1px solid var(--line);border-radius:14px}
        h1{margin:.2em 0 .8em;font-size:1.6em;line-height:1.25;text-wrap:balance}
        h2{margin:1.6em 0 .2em;font-size:.8em;letter-spacing:.07em;text-transform:uppercase;color:var(--soft)}
        p{margin:.2em 0}
        code{padding:.1em .35em;border-radius:5px;background:var(--page);font:.9em ui-monospace,monospace;white-space:nowrap}
        a{color:var(--mark)}
        .status{color:var(--soft)}
        table{width:100%;border-collapse:collapse}
        td{padding:.45em .8em .45em 0;border-top:1px solid var(--line);vertical-align:top}
        footer{max-width:660px;margin:18px auto;color:var(--soft);font-size:.85em}
        @media(max-width:520px){main{padding:24px 20px}}
        """;

    /// <summary>Only the style above is allowed, by its hash; nothing is loaded, run, framed or sent.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static string Of(GatewayErrors.Row row) => Page(row.Title, $"""
        <p class="status"><code>{row.Slug}</code> · HTTP {row.Status.ToString(CultureInfo.InvariantCulture)}</p>
        <h1>{Text(row.Title)}</h1>
        <h2>What it means</h2>
        <p>{Text(row.Meaning)}</p>
        <h2>Does trying again help?</h2>
        <p>{(row.Retryable ? "Yes: the same request may succeed later, unchanged." : "No: the same request will fail again.")}</p>
        <h2>What to do</h2>
        <p>{Text(row.Mend)}</p>
        """, """<a href="./">All problems</a>. To report one, give the value of <code>instance</code> in the answer: it is the id of the request.""");

    public static string Index(IEnumerable<GatewayErrors.Row> rows) => Page("Problems", $"""
        <h1>Problems</h1>
        <p>Every way in which the gateway itself can fail a request.</p>
        <table>
        {string.Join('\n', rows.Select(row => $"""<tr><td class="status">{row.Status.ToString(CultureInfo.InvariantCulture)}</td><td><a href="/_gateway/problems/{row.Slug}">{row.Slug}</a><br>{Text(row.Title)}</td></tr>"""))}
        </table>
        """, "The same as JSON: ask with <code>Accept: application/json</code>.");

    private static string Page(string title, string main, string footer) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="robots" content="noindex">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        {main}
        </main>
        <footer>{footer}</footer>
        </body>
        </html>

        """;

    // What stands between backticks in the table is code.
    private static string Text(string text) => string.Concat(
        WebUtility.HtmlEncode(text).Split('`').Select((part, index) => index % 2 == 1 ? $"<code>{part}</code>" : part));
}
