using System.Diagnostics.CodeAnalysis;

namespace Gateway;

/// <summary>A middleware in the table of contents; says what a compiler ahead of time must keep of it.</summary>
internal sealed record Step([property: DynamicallyAccessedMembers(Step.Needs)] [param: DynamicallyAccessedMembers(Step.Needs)] Type Type)
{
    private const DynamicallyAccessedMemberTypes Needs = DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicMethods;

    public static implicit operator Step([DynamicallyAccessedMembers(Needs)] Type type) => new(type);
}
