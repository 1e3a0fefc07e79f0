using Gateway.Configuration;

namespace Gateway.Secrets;

/// <summary>What to tell an operator of a secret that is lacking.</summary>
internal static class SecretFaults
{
    public static ConfigError Explain(SecretReference reference, SecretFault fault) => fault switch
    {
        SecretFault.Missing => reference.Error($"The vault has no secret '{reference.Name}'.", "Set it there, or correct the name."),
        SecretFault.Empty => reference.Error($"The secret '{reference.Name}' is empty.", "Set a value in the vault."),
        SecretFault.Unprintable => reference.Error($"The secret '{reference.Name}' holds a control character or a letter that is not ASCII.", "Set it without; often it is the line break at the end of a file."),
        SecretFault.Unreadable => reference.Error($"The secret '{reference.Name}' cannot be read from the vault.", "The log says why; it is tried again."),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Add the new fault to this table."),
    };
}
