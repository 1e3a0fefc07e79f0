using System.Text.Json.Serialization;

namespace ControlPlane.Management;

/// <summary>Body of POST /consumers.</summary>
internal sealed record NewConsumerBody(string? Name, string? Plan, IReadOnlyList<string>? Groups);

/// <summary>Body of PATCH /consumers/{name}: a plan of null means the default one, a plan left out means no change.</summary>
internal sealed class ConsumerChangeBody
{
    public string? Plan
    {
        get;
        set
        {
            field = value;
            SetsPlan = true;
        }
    }

    public IReadOnlyList<string>? Groups { get; set; }

    [JsonIgnore]
    public bool SetsPlan { get; private set; }
}

/// <summary>Body of POST /consumers/{name}/keys.</summary>
internal sealed record NewKeyBody(string? Label, IReadOnlyList<string>? Scopes, string? Expires, string? Kind);

/// <summary>Body of POST /keys/{id}/rotate. A wide type: a number that is too large is told so, not that it is of the wrong kind.</summary>
internal sealed record RotationBody(double? OverlapSeconds);

/// <summary>Body of POST /releases.</summary>
internal sealed record NewReleaseBody(string? Text);

/// <summary>Body of POST /releases/{id}/activate.</summary>
internal sealed record ActivationBody(string? Note);

/// <summary>Body of POST /certificates/revocations.</summary>
internal sealed record RevocationBody(string? Serial);
