using System.Diagnostics;
using OpenTelemetry;

namespace Exporters;

/// <summary>Takes the tracestate off spans that have ended: it went on to the services, but it is a text of the caller's own, which may be anything.</summary>
internal sealed class CallersState : BaseProcessor<Activity>
{
    // Null would show the parent's.
    public override void OnEnd(Activity data) => data.TraceStateString = "";
}
