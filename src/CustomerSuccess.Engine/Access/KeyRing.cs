using System.Xml.Linq;
using CustomerSuccess.Engine.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Access;

/// <summary>The keys that protect cookies, in the database.</summary>
internal sealed class KeyRing(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = database.OpenContext();
        return [.. context.ProtectionKeys.AsNoTracking().OrderBy(key => key.KeyId).Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var context = database.OpenContext();
        context.ProtectionKeys.Add(new ProtectionKey { KeyId = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        context.SaveChanges();
    }
}
