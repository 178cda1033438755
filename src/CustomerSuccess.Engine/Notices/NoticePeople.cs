using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Notices;

/// <summary>Somebody who may sign in, as far as telling him or her needs.</summary>
internal sealed record NoticePerson(Viewer Viewer, string Email, string Name, string? Language)
{
    public string UserId => Viewer.UserId;

    public bool MaySee(string? ownerEmail) => !Viewer.OwnPortfolioOnly || string.Equals(ownerEmail, Email, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Everybody who may sign in now: whoever was deactivated is told nothing any more.</summary>
internal sealed class NoticePeople
{
    private readonly Dictionary<string, NoticePerson> _byId;
    private readonly Dictionary<string, NoticePerson> _byEmail;

    private NoticePeople(IEnumerable<NoticePerson> people)
    {
        _byId = people.ToDictionary(person => person.UserId, StringComparer.Ordinal);
        _byEmail = _byId.Values.GroupBy(person => person.Email, StringComparer.OrdinalIgnoreCase).ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
    }

    public IEnumerable<NoticePerson> All => _byId.Values;

    public NoticePerson? ById(string userId) => _byId.GetValueOrDefault(userId);

    public NoticePerson? ByEmail(string? email) => email is null ? null : _byEmail.GetValueOrDefault(email.Trim());

    public static async Task<NoticePeople> ReadAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var users = await context.Users.AsNoTracking().Where(user => user.Email != null)
            .Select(user => new { user.Id, user.Email, user.DisplayName, user.Language, user.OwnPortfolioOnly, user.LockoutEnd }).ToListAsync(cancellation);
        var roles = await (
            from held in context.UserRoles.AsNoTracking()
            join role in context.Roles.AsNoTracking() on held.RoleId equals role.Id
            select new { held.UserId, role.Name }).ToListAsync(cancellation);
        var byUser = roles.Where(role => role.Name is not null).ToLookup(role => role.UserId, role => role.Name!);
        return new(users.Where(user => user.LockoutEnd != DateTimeOffset.MaxValue)
            .Select(user => new NoticePerson(new Viewer(user.Id, user.Email, byUser[user.Id].ToHashSet(StringComparer.Ordinal), user.OwnPortfolioOnly), user.Email!.ToLowerInvariant(), user.DisplayName ?? user.Email!, user.Language)));
    }

    /// <summary>Whom something is told, who did it left out.</summary>
    public IEnumerable<NoticePerson> Of(NewNotice notice, string? ownerEmail, string byUser)
    {
        var kind = NoticeKinds.Find(notice.Kind) ?? throw new ArgumentException($"There is no kind of notice '{notice.Kind}'.", nameof(notice));
        var owner = notice.ToOwner ? ByEmail(ownerEmail) : null;
        var managers = notice.ToOwner && owner is null ? _byId.Values.Where(person => person.Viewer.IsIn(Roles.CsManager)) : [];
        return notice.ToUsers.Select(ById)
            .Concat(notice.ToEmails.Select(ByEmail))
            .Append(owner)
            .Concat(managers)
            .Concat(notice.ToRoles ? _byId.Values.Where(person => kind.Concerns(person.Viewer)) : [])
            .OfType<NoticePerson>()
            .Where(person => person.UserId != byUser && person.UserId != notice.ExceptUser && kind.Concerns(person.Viewer) && (notice.AccountNo == 0 || person.MaySee(ownerEmail)))
            .DistinctBy(person => person.UserId)
            .OrderBy(person => person.UserId, StringComparer.Ordinal);
    }
}
