using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gateway.Composition;

/// <summary>The answer as one JSON object: the parts by name as configured, byte for byte as their services wrote them, then _errors if any.</summary>
internal static class ComposedAnswer
{
    private static readonly byte[] _null = "null"u8.ToArray();

    public static async Task WriteAsync(HttpContext context, ComposePlan plan, PartOutcome[] outcomes)
    {
        var pieces = new List<ReadOnlyMemory<byte>>((plan.Parts.Count * 3) + 2);
        for (var index = 0; index < outcomes.Length; index++)
        {
            pieces.Add(index == 0 ? "{"u8.ToArray() : ","u8.ToArray());
            pieces.Add(plan.Parts[index].Label);
            pieces.Add(outcomes[index].Failure is null ? outcomes[index].Json : _null);
        }

        pieces.Add(Ending(plan, outcomes));
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = pieces.Sum(piece => (long)piece.Length);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        foreach (var piece in pieces)
        {
            await response.Body.WriteAsync(piece, context.RequestAborted);
        }
    }

    private static ReadOnlyMemory<byte> Ending(ComposePlan plan, PartOutcome[] outcomes)
    {
        if (outcomes.All(outcome => outcome.Failure is null))
        {
            return "}"u8.ToArray();
        }

        var ending = new ArrayBufferWriter<byte>();
        ending.Write(",\"_errors\":"u8);
        using (var json = new Utf8JsonWriter(ending))
        {
            json.WriteStartArray();
            foreach (var (part, failure) in plan.Parts.Zip(outcomes, (part, outcome) => (part, outcome.Failure)))
            {
                if (failure is not null)
                {
                    json.WriteStartObject();
                    json.WriteString("part"u8, part.Name);
                    json.WriteString("reason"u8, failure.Slug);
                    if (failure.Status is { } status)
                    {
                        json.WriteNumber("status"u8, status);
                    }

                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        }

        ending.Write("}"u8);
        return ending.WrittenMemory;
    }
}
