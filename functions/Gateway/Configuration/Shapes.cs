using System.Collections.Frozen;
using System.Reflection;

namespace Gateway.Configuration;

/// <summary>Finds the shape of a record's member or of a type, from what the records declare.</summary>
internal static class Shapes
{
    private static readonly FrozenDictionary<Type, ShapeFamily> _families = GatewayShapes.All.ToFrozenDictionary(family => family.Type);

    public static Shape Of(PropertyInfo property)
    {
        var shape = property.GetCustomAttribute<AnyScalarAttribute>() is null
            ? Of(property.PropertyType)
            : property.PropertyType == typeof(string) ? Scalars.AnyText : new ListShape<string>(Scalars.AnyText);
        return property.GetCustomAttribute<TextFormAttribute>() is { } written
            ? new TextFormShape((TextForm)Activator.CreateInstance(written.Form)!, shape)
            : shape;
    }

    public static Shape Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (_families.TryGetValue(type, out var family))
        {
            return family.One;
        }

        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return generic == typeof(IReadOnlyList<>) ? Family(type.GenericTypeArguments[0]).List
            : generic == typeof(IReadOnlyDictionary<,>) ? Family(type.GenericTypeArguments[1]).Map
            : Family(type).One;
    }

    private static ShapeFamily Family(Type type) =>
        _families.TryGetValue(type, out var family) ? family : throw new InvalidOperationException($"{type} is not listed in {nameof(GatewayShapes)}.");
}
