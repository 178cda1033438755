using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Wording;

/// <summary>Fields of accounts and people, and their values, in words.</summary>
public sealed class ProfileWords(IStringLocalizer<ProfileWords> text, ColleagueNames names)
{
    private static readonly HashSet<string> Addresses = ["owner_email", "owner", "assignee"];

    /// <summary>What a field of a person is called.</summary>
    public string PersonField(string name) => text["person." + name] is { ResourceNotFound: false } label ? label : Field(name);

    /// <summary>What a field of an account is called; a custom one as its source calls it.</summary>
    public string Field(string name) => text["field." + name] is { ResourceNotFound: false } label ? label : name;

    /// <summary>A value as the reader's culture writes it; null for none.</summary>
    public string? Value(ProfileField field) => Value(field.Name, field.Type, field.Value);

    /// <summary>A value of a field, whose type is known by its name.</summary>
    public string? Value(string name, string? value) => Value(name, TypeOf(name), value);

    private string? Value(string name, FieldType type, string? value) => (type, value) switch
    {
        (_, null) => null,
        (FieldType.Flag, _) => text[value == "true" ? "yes" : "no"],
        (FieldType.Day, _) => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Format.Day(day) : value,
        (FieldType.Whole or FieldType.Number, _) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Format.Number(number, 4) : value,
        _ when Addresses.Contains(name) => names.Of(value),
        _ => value,
    };

    private static FieldType TypeOf(string name) =>
        ImportContract.Find("accounts")!.Fields.Concat(ImportContract.Find("contacts")!.Fields).FirstOrDefault(field => field.Name == name)?.Type ?? FieldType.Text;
}
