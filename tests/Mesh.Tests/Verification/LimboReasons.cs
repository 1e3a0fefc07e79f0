namespace Mesh.Tests.Verification;

/// <summary>Why cases of x509-limbo are judged differently here.</summary>
internal static class LimboReasons
{
    /// <summary>Good by the corpus, and refused here.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = Flat(new()
    {
        ["There is an authority between leaf and root. The mesh's authority signs its leaves directly."] =
        [
            "cve::cve-2024-0567",
            "online::akamai.com",
            "online::amazon.com",
            "online::apple.com",
            "online::aws.amazon.com",
            "online::bing.com",
            "online::cloudflare.com",
            "online::docs.python.org",
            "online::facebook.com",
            "online::fastly.com",
            "online::google.com",
            "online::microsoft.com",
            "online::s3.amazonaws.com",
            "online::stackoverflow.com",
            "online::storage.googleapis.com",
            "pathlen::ee-with-intermediate-pathlen-0",
            "pathlen::ee-with-intermediate-pathlen-1",
            "pathlen::ee-with-intermediate-pathlen-2",
            "pathlen::intermediate-pathlen-may-increase",
            "pathlen::max-chain-depth-1",
            "pathlen::max-chain-depth-1-self-issued",
            "pathlen::self-issued-certs-pathlen",
            "pathlen::validation-ignores-pathlen-in-leaf",
            "rfc5280::nc::nc-forbids-alternate-chain-ica",
            "rfc5280::nc::nc-forbids-othername-noop",
            "rfc5280::nc::nc-forbids-same-chain-ica",
            "rfc5280::nc::nc-permits-email-domain",
            "rfc5280::nc::nc-permits-email-exact",
            "rfc5280::nc::nc-permits-email-literal-asterisk-exact-match",
            "rfc5280::nc::nc-permits-email-literal-double-asterisk",
            "rfc5280::nc::nc-permits-email-literal-mid-asterisk",
            "rfc5280::nc::permitted-self-issued",
            "rfc5280::root-and-intermediate-swapped",
            "rfc5280::unknown-critical-extension-unrelated-intermediate",
            "rfc5280::validity::notafter-exact",
            "rfc5280::validity::notafter-fractional",
            "rfc5280::validity::notbefore-exact",
            "webpki::cryptographydotio-chain",
            "webpki::nc::nc-permits-dns-san-pattern",
        ],
        ["The root has name constraints as critical. A root of the mesh has none, so that nobody needs to rely on how they are enforced."] =
        [
            "rfc5280::nc::excluded-different-constraint-type",
            "rfc5280::nc::permitted-different-constraint-type",
            "rfc5280::nc::permitted-dn-match",
            "rfc5280::nc::permitted-dns-match",
            "rfc5280::nc::permitted-dns-match-more",
            "rfc5280::nc::permitted-ipv4-match",
            "rfc5280::nc::permitted-ipv6-match",
        ],
        ["A workload is no authority (X.509-SVID)."] =
        [
            "rfc5280::ca-as-leaf",
        ],
        ["The root has no key usage. One of the mesh says that it signs certificates."] =
        [
            "crl::issuer-no-keyusage-extension",
        ],
    });

    /// <summary>Bad by the corpus, and accepted by the rules that are not about workloads. None is accepted as a workload.</summary>
    public static IReadOnlyDictionary<string, string> Accepted { get; } = Flat(new()
    {
        ["About host names and subjects. A workload is named by its one SPIFFE id, and other names are not read."] =
        [
            "rfc5280::san::ip-in-dns",
            "rfc5280::san::noncritical-with-empty-subject",
            "rfc5280::san::underscore-dns",
            "webpki::cn::case-mismatch",
            "webpki::cn::ipv4-hex-mismatch",
            "webpki::cn::ipv4-leading-zeros-mismatch",
            "webpki::cn::ipv6-non-rfc5952-mismatch",
            "webpki::cn::ipv6-uncompressed-mismatch",
            "webpki::cn::ipv6-uppercase-mismatch",
            "webpki::cn::not-in-san",
            "webpki::cn::punycode-not-in-san",
            "webpki::cn::utf8-vs-punycode-mismatch",
            "webpki::san::mismatch-apex-subdomain-san",
            "webpki::san::mismatch-domain-san",
            "webpki::san::mismatch-subdomain-apex-san",
            "webpki::san::mismatch-subdomain-san",
            "webpki::san::no-san",
            "webpki::san::public-suffix-multi-label-wildcard-san",
            "webpki::san::public-suffix-private-namespace-wildcard-san",
            "webpki::san::public-suffix-wildcard-san",
            "webpki::san::san-critical-with-nonempty-subject",
            "webpki::san::san-wildcard-only",
            "webpki::san::san-wildcard-only-tld",
            "webpki::san::unicode-emoji-san",
            "webpki::san::wildcard-embedded-leftmost-san",
            "webpki::san::wildcard-embedded-ulabel-san",
            "webpki::san::wildcard-match-across-labels-san",
            "webpki::san::wildcard-not-in-leftmost-san",
        ],
        ["About revocation lists. The mesh's refusal list stands in the bundle."] =
        [
            "crl::crlnumber-critical",
            "crl::crlnumber-missing",
            "crl::issuer-missing-crlsign",
            "crl::revoked-certificate-with-crl",
        ],
        ["A key identifier is absent or incomplete. Those are hints for finding a chain; the roots of a bundle are all tried, and the signature decides."] =
        [
            "rfc5280::aki::leaf-missing-aki",
            "rfc5280::ski::root-missing-ski",
            "webpki::aki::root-with-aki-missing-keyidentifier",
        ],
        ["An extension that is not critical is odd. It is never read."] =
        [
            "rfc5280::nc::not-allowed-in-ee-noncritical",
            "rfc5280::nc::permitted-dns-match-noncritical",
            "webpki::malformed-aia",
        ],
        ["A rule for public authorities: keys of a multiple of 8 bits, no extended usage in a root, no critical extended usage. Nothing hangs on it."] =
        [
            "webpki::eku::ee-critical-eku",
            "webpki::eku::root-has-eku",
            "webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf",
            "webpki::forbidden-rsa-not-divisible-by-8-in-root",
        ],
        ["No extended usage, where the case asks for none. Of a workload both are demanded: the rules ClientUsage and ServerUsage."] =
        [
            "rfc5280::eku::ee-eku-empty",
            "webpki::eku::ee-without-eku",
        ],
    });

    private static Dictionary<string, string> Flat(Dictionary<string, string[]> reasons) =>
        reasons.SelectMany(reason => reason.Value, (reason, id) => (id, reason.Key)).ToDictionary();
}
