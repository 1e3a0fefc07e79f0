using System.Text.Json;
using Gateway.Templates;

namespace Gateway.Composition;

/// <summary>One part, compiled.</summary>
internal sealed record ComposePart
{
    public required string Name { get; init; }

    public required ComposeCall Call { get; init; }

    /// <summary>The JSON body that is sent; null: none.</summary>
    public JsonTemplate? Body { get; init; }

    public bool Optional { get; init; }

    public TimeSpan? Timeout { get; init; }

    public required long MaxBytes { get; init; }

    /// <summary>The parts whose values this one uses, as indexes into the plan.</summary>
    public IReadOnlyList<int> DependsOn { get; init; } = [];

    /// <summary>True: another part uses values of this one.</summary>
    public bool IsUsed { get; init; }

    /// <summary>The name as it stands in the answer, with quotes and colon.</summary>
    public byte[] Label => _label ??= [(byte)'"', .. JsonEncodedText.Encode(Name).EncodedUtf8Bytes, (byte)'"', (byte)':'];

    /// <summary>Everything that the call and the body ask for.</summary>
    public IEnumerable<Insertion> Insertions => Call.Target.Insertions.Concat(Body?.Insertions ?? []);

    private byte[]? _label;
}
