using System.Globalization;
using ControlPlane.Certificates;

namespace ControlPlane.Management;

/// <summary>The operations on the certificates of the mesh.</summary>
internal static class CertificateRoutes
{
    private const int UsualLimit = 50;
    private const int MostRotations = 500;

    public static IReadOnlyList<ManagementRoute> All { get; } =
    [
        new("showCertificates", "GET", "/certificates", ShowAsync),
        new("rotateCertificate", "POST", "/certificates/{service}/rotations", async call => Begun(call, await call.Certificates.RotateAsync(call.Target, call.Cancellation))),
        new("rotateAuthority", "POST", "/authority/rotations", async call => Begun(call, await call.Certificates.RotateAuthorityAsync(call.Cancellation))),
        new("revokeCertificate", "POST", "/certificates/revocations", RevokeAsync),
        new("listRotations", "GET", "/rotations", ListAsync),
        new("showRotation", "GET", "/rotations/{id}", FindAsync),
        new("exportTrustBundle", "GET", "/trust-bundle", ExportAsync),
    ];

    private static async Task<Answer> ShowAsync(ManagementCall call) =>
        call.Of(await call.Certificates.ShowAsync(call.Cancellation), state => Answer.Json(200, state, ManagementJson.Default.MeshState));

    private static Task<Answer> RevokeAsync(ManagementCall call) => call.WithBodyAsync(ManagementJson.Default.RevocationBody, null, async body =>
    {
        var (serial, refusal) = SerialNumber.Read(body.Serial);
        return serial is null ? call.Refuse(Problem.Of(refusal!)) : Begun(call, await call.Certificates.RevokeAsync(serial, call.Cancellation));
    });

    private static async Task<Answer> ListAsync(ManagementCall call)
    {
        var query = call.Context.Request.Query;
        if (query.Any(parameter => parameter.Key is not ("certificate" or "limit") || parameter.Value is not [{ Length: > 0 }]))
        {
            return call.Refuse(Problem.Invalid("The query takes certificate and limit, once each and with a value."));
        }

        var limit = UsualLimit;
        if (query["limit"] is [{ } text] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostRotations))
        {
            return call.Refuse(Problem.Invalid($"limit must be a whole number from 1 to {MostRotations}."));
        }

        return call.Of(await call.Certificates.ListAsync(query["certificate"], limit, call.Cancellation), list => Answer.Json(200, list, ManagementJson.Default.RotationList));
    }

    private static async Task<Answer> FindAsync(ManagementCall call) =>
        call.Of(await call.Certificates.FindAsync(call.Target, call.Cancellation), rotation => Answer.Json(200, rotation, ManagementJson.Default.RotationState));

    private static async Task<Answer> ExportAsync(ManagementCall call) =>
        call.Of(await call.Certificates.BundleAsync(call.Cancellation), bundle => Answer.Raw(SpiffeBundle.Write(bundle)));

    private static Answer Begun(ManagementCall call, Outcome<StartedRotation> outcome) =>
        call.Of(outcome, started => Answer.Json(started.IsNew ? 202 : 200, started.Rotation, ManagementJson.Default.RotationState));
}
