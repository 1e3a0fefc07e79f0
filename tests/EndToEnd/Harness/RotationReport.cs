using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace EndToEnd.Harness;

/// <summary>What a run of rotations under load came to.</summary>
internal sealed record RotationReport(IReadOnlyList<RotationFigure> Figures, IReadOnlyList<MeshRotation> Ended, long Requests, int Instances)
{
    private int Leaves => Ended.Count(rotation => rotation.Certificate != MeshRotation.Authority);

    private int Authorities => Ended.Count - Leaves;

    /// <summary>Puts it among the committed figures.</summary>
    public Task WriteAsync() => File.WriteAllTextAsync(
        Path.Combine(Repository.Root, "tests", "Benchmarks", "results", "rotations.md"),
        $"""
        # Rotations under load

        Made by `scripts/test --soak EndToEnd`, which writes this page anew. Certificates that live for a minute are replaced again and again, and
        their authority meanwhile, under steady load through two front doors to the sample services. All times of the mesh are in proportion: with
        its defaults a look at the bundle comes every 15 s instead of every second. The machine has {Environment.ProcessorCount} cores, was shared with other work, and ran
        everything: load, front doors, services, vaults, storage. {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.

        {this}

        Requests are GET and POST, forwarded and composed, none tried again; every answer was looked at. Handshakes are those of the front doors, of
        the services and of the vaults. A rotation was *asked* for by the test, *due* by the certificate's age, or part of one of the *authority*.
        A time is rounded by up to {MeshWatch.Interval.TotalMilliseconds} ms, the interval at which the test looks.

        """,
        TestContext.Current.CancellationToken);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("| | |").AppendLine("|---|---|");
        text.AppendLine(CultureInfo.InvariantCulture, $"| rotations of certificates | {Leaves} ({Reasons(rotation => rotation.Certificate != MeshRotation.Authority)}) |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| rotations of the authority | {Authorities} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| rolled back | {Ended.Count(rotation => !rotation.IsRotated)} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| instances | {Instances} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| requests | {Requests} |").AppendLine();
        text.AppendLine("| of the rotations asked for | min | median | max |").AppendLine("|---|---:|---:|---:|");
        text.AppendLine(Row("asked until the bundle names the new certificate", figure => figure.Named));
        text.AppendLine(Row("from there until every instance uses it", figure => figure.Everywhere - figure.Named));
        text.AppendLine(Row("asked until every instance uses it", figure => figure.Everywhere));
        return text.Append(Row("asked until the old one is retired", figure => figure.Over)).ToString();
    }

    private string Reasons(Func<MeshRotation, bool> which) =>
        string.Join(", ", Ended.Where(which).CountBy(rotation => rotation.Reason).OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"));

    private string Row(string what, Func<RotationFigure, TimeSpan> time)
    {
        var times = Figures.Select(figure => time(figure).TotalSeconds).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[0]:F1} s | {times[times.Length / 2]:F1} s | {times[^1]:F1} s |");
    }
}
