using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Web.Shared.Commands;
using CustomerSuccess.Web.Shared.Forms;

namespace CustomerSuccess.Web.Shared;

/// <summary>Colleagues by their addresses, for as long as a circuit stands: records name people by address, readers know them by name.</summary>
public sealed class ColleagueNames(Colleagues colleagues)
{
    private Dictionary<string, Colleague> _known = [];

    /// <summary>Everybody who may sign in, by name.</summary>
    public IReadOnlyList<Colleague> All { get; private set; } = [];

    /// <summary>Reads who there is; called whenever a page that names people is opened.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        All = await colleagues.ListAsync(cancellation);
        _known = All.ToDictionary(colleague => colleague.Email);
    }

    /// <summary>The name of whoever has an address; the address itself where nobody signs in with it.</summary>
    public string Of(string? email) => email is null ? "" : _known.TryGetValue(email.ToLowerInvariant(), out var colleague) ? colleague.Name : email;

    /// <summary>A colleague as fields offer one.</summary>
    public FieldChoice? Choice(string? email) => string.IsNullOrEmpty(email) ? null : new(email, Of(email), email);

    /// <summary>Colleagues whose name or address fits what is typed, a dozen at most.</summary>
    public Task<IReadOnlyList<FieldChoice>> FindAsync(string typed, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<FieldChoice>>([.. All.Where(colleague => CommandMatch.Fits(typed, colleague.Name, colleague.Email)).Take(12).Select(colleague => new FieldChoice(colleague.Email, colleague.Name, colleague.Email))]);
}
