using System.Diagnostics.CodeAnalysis;

namespace Gateway.Configuration;

/// <summary>Written as anything but a mapping, the record is this one of its members: a service that is only a url.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PlainAttribute(string member) : Attribute
{
    public string Member { get; } = member;
}

/// <summary>A text form of the record, or of the property's value.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
internal sealed class TextFormAttribute([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type form) : Attribute
{
    /// <summary>A <see cref="TextForm"/>.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public Type Form { get; } = form;

    /// <summary>In a mapping the text stands under this key, and the other keys add to it. Unset: a mapping has no text.</summary>
    public string? Key { get; init; }

    /// <summary>True: there is no mapping form.</summary>
    public bool IsOnly { get; init; }
}

/// <summary>The member has no key of its own: it is set by a plain value or a text form.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NoKeyAttribute : Attribute;

/// <summary>The texts of this member need no quotes even if they look like numbers or truths.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AnyScalarAttribute : Attribute;
