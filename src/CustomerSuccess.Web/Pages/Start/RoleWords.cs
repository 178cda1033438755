namespace CustomerSuccess.Web.Pages.Start;

/// <summary>Names of roles: its resources have a word for each of <see cref="Core.Access.Roles.All"/>.</summary>
public sealed class RoleWords;
