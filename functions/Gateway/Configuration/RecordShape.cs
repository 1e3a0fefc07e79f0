using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Configuration;

/// <summary>A record: a mapping of its members, or one of the short forms that it declares.</summary>
internal sealed class RecordShape : Shape
{
    /// <summary>What a compiler ahead of time must keep of a record.</summary>
    public const DynamicallyAccessedMemberTypes Needs = DynamicallyAccessedMemberTypes.PublicParameterlessConstructor | DynamicallyAccessedMemberTypes.PublicProperties;

    [DynamicallyAccessedMembers(Needs)]
    private readonly Type _type;
    private readonly TextForm? _form;
    private readonly string? _formKey;
    private readonly Field? _plain;
    private readonly IReadOnlyList<Field> _fields;
    private readonly IReadOnlyList<Field> _required;

    public RecordShape([DynamicallyAccessedMembers(Needs)] Type type)
    {
        _type = type;
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite).ToList();
        _fields = [.. properties.Where(property => property.GetCustomAttribute<NoKeyAttribute>() is null).Select(property => new Field(property))];
        _required = [.. _fields.Where(field => field.IsRequired)];
        if (type.GetCustomAttribute<PlainAttribute>() is { } plain)
        {
            _plain = new(properties.Single(property => property.Name == plain.Member));
        }

        if (type.GetCustomAttribute<TextFormAttribute>() is { } form)
        {
            (_form, _formKey) = ((TextForm)Activator.CreateInstance(form.Form)!, form.Key);
        }
    }

    public override string Expected => _form?.Expected
        ?? $"{(_plain is null ? "" : _plain.Shape.Expected + ", or ")}a mapping with fields such as {string.Join(", ", _fields.Take(3).Select(known => known.Name))}";

    public override object Hole => Empty();

    /// <summary>Name and description of every field; for the schema.</summary>
    public IReadOnlyList<Field> Fields => _fields;

    public Type Type => _type;

    public string? FormKey => _formKey;

    public TextForm? Form => _form;

    public Field? Plain => _plain;

    public override object? Read(ConfigNode node, Reading reading) => node switch
    {
        ScalarNode { IsNothing: true } => Unexpected(node, reading),
        MappingNode mapping => ReadMapping(mapping, reading),
        ScalarNode scalar when _form is not null => ReadText(scalar, reading),
        _ when _plain is not null => ReadPlain(node, reading),
        _ => Unexpected(node, reading),
    };

    public override JsonObject Schema(SchemaWriter writer) => writer.Reference(this);

    private object Empty()
    {
        var record = Activator.CreateInstance(_type)!;
        foreach (var field in _required)
        {
            field.Property.SetValue(record, field.Shape.Hole);
        }

        return record;
    }

    private object? ReadText(ScalarNode scalar, Reading reading)
    {
        var parsed = _form!.Parse(scalar.Text);
        return parsed.Problem is null ? parsed.Value : reading.Fail(scalar, parsed.Problem, parsed.Mend ?? $"Write {_form.Expected}.");
    }

    private object? ReadPlain(ConfigNode node, Reading reading)
    {
        var record = Empty();
        if (reading.Below(_plain!.Name, reading.KeyPlace, () => _plain.Shape.Read(node, reading)) is { } value)
        {
            _plain.Property.SetValue(record, value);
        }

        return record;
    }

    private object ReadMapping(MappingNode mapping, Reading reading)
    {
        var record = ReadFormKey(mapping, reading);
        foreach (var entry in mapping.Entries.Where(entry => entry.Key != _formKey))
        {
            var field = FieldOf(entry, mapping, reading);
            if (field is not null)
            {
                Set(record, field, entry, reading);
            }
        }

        foreach (var field in _required.Where(field => mapping.Find(field.Name) is null && !IsMisspelt(field.Name, mapping)))
        {
            reading.Fail(reading.KeyPlace, $"'{field.Name}' is missing here.", field.Name == "version" ? "Begin with: version: 1" : $"Add '{field.Name}': {field.Shape.Expected}.", field.Name);
        }

        return record;
    }

    // The text's part comes first; the other keys add to what it said.
    private object ReadFormKey(MappingNode mapping, Reading reading)
    {
        if (_formKey is null)
        {
            return Empty();
        }

        if (mapping.Find(_formKey) is not { } entry)
        {
            reading.Fail(reading.KeyPlace, $"'{_formKey}' is missing here.", $"Add '{_formKey}': {_form!.Expected}.", _formKey);
            return Empty();
        }

        return reading.Below(entry.Key, entry.KeyPlace, () => entry.Value is ScalarNode { IsNothing: false } scalar ? ReadText(scalar, reading) : Unexpected(entry.Value, reading)) ?? Empty();
    }

    private Field? FieldOf(MappingEntry entry, MappingNode mapping, Reading reading)
    {
        if (_fields.FirstOrDefault(field => field.Name == entry.Key) is { } field)
        {
            return field;
        }

        var names = _fields.Select(known => known.Name).Concat(_formKey is null ? [] : [_formKey]).ToList();
        reading.Fail(entry.KeyPlace, $"'{entry.Key}' is not a field here.", NearestName.Mend(entry.Key, names, "Remove it."), entry.Key);

        // What was most likely meant is read all the same, so that one wrong letter is one error.
        return NearestName.Find(entry.Key, names) is { } nearest && mapping.Find(nearest) is null ? _fields.FirstOrDefault(known => known.Name == nearest) : null;
    }

    private bool IsMisspelt(string name, MappingNode mapping) =>
        mapping.Entries.Any(entry => _fields.All(field => field.Name != entry.Key) && NearestName.Find(entry.Key, _fields.Select(field => field.Name)) == name);

    private void Set(object record, Field field, MappingEntry entry, Reading reading)
    {
        if (_formKey is not null && IsSet(field.Property.GetValue(record), field.Property.GetValue(Empty())))
        {
            reading.Fail(entry.KeyPlace, $"'{entry.Key}' is said twice: here and in '{_formKey}'.", "Say it once.", entry.Key);
            return;
        }

        var value = reading.Below(entry.Key, entry.KeyPlace, () => field.Shape.Read(entry.Value, reading)) ?? field.Shape.Hole;
        if (value is not null)
        {
            field.Property.SetValue(record, value);
        }
    }

    private static bool IsSet(object? value, object? unset) => value is ICollection list ? list.Count > 0 : !Equals(value, unset);

    /// <summary>One member of a record and the key under which it stands in the file.</summary>
    internal sealed class Field(PropertyInfo property)
    {
        private Shape? _shape;

        public PropertyInfo Property { get; } = property;

        public string Name { get; } = JsonNamingPolicy.CamelCase.ConvertName(property.Name);

        public bool IsRequired { get; } = property.IsDefined(typeof(RequiredMemberAttribute));

        // Found when first asked for: records may hold themselves, as conditions do.
        public Shape Shape => _shape ??= Shapes.Of(Property);
    }
}
