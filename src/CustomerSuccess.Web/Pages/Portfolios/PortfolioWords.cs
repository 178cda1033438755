using CustomerSuccess.Core.Portfolios;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Portfolios;

/// <summary>How accounts are shared out, and for which accounts a rule is, in words.</summary>
public sealed class PortfolioWords(IStringLocalizer<PortfolioWords> text)
{
    public string Method(AssignmentMethod method) => text["Method" + method];

    public string When(AssignmentWhen when)
    {
        var parts = new[] { Part("Segments", when.Segments), Part("Regions", when.Regions), Part("Products", when.Products) }.OfType<string>().ToList();
        return parts.Count == 0 ? text["Always"] : string.Join(text["And"], parts);
    }

    private string? Part(string what, IReadOnlyList<string> values) => values.Count == 0 ? null : text[what, string.Join(text["Or"], values)].Value;
}
