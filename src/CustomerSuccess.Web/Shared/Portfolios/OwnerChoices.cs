using CustomerSuccess.Core.Portfolios;
using CustomerSuccess.Engine.Portfolios;
using CustomerSuccess.Web.Shared.Commands;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Portfolios;

/// <summary>Whom accounts can be given to: colleagues and whoever owns accounts already, by name, with what they look after.</summary>
public sealed class OwnerChoices(ColleagueNames names, AccountOwners owners, CurrentViewer current, IStringLocalizer<OwnerChoices> text)
{
    private IReadOnlyList<PortfolioSize> _sizes = [];

    /// <summary>Everybody with what he or she looks after, by address.</summary>
    public IReadOnlyList<PortfolioSize> Sizes => _sizes;

    /// <summary>Reads names and sizes anew.</summary>
    public async Task ReadAsync(CancellationToken cancellation = default)
    {
        await names.LoadAsync(cancellation);
        _sizes = await owners.SizesAsync(await current.GetAsync(), cancellation);
    }

    /// <summary>The name behind an address; the address where nobody signs in with it.</summary>
    public string NameOf(string? email) => email is null ? text["Nobody"] : names.Of(email);

    public FieldChoice? Of(string? email) => email is null ? null : new(email, NameOf(email));

    /// <summary>Those whose name or address fits what is typed, the fewest accounts first.</summary>
    public Task<IReadOnlyList<FieldChoice>> FindAsync(string typed, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<FieldChoice>>(
    [
        .. _sizes.Where(size => CommandMatch.Fits(typed, NameOf(size.Email), size.Email))
            .OrderBy(size => size.Accounts).ThenBy(size => size.Email, StringComparer.Ordinal).Take(20)
            .Select(size => new FieldChoice(size.Email, NameOf(size.Email), text["Detail", size.Email, Format.Count(size.Accounts)])),
    ]);
}
