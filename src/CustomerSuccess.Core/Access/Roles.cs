namespace CustomerSuccess.Core.Access;

/// <summary>The roles a sign-in can have; a person may have several.</summary>
public static class Roles
{
    public const string Csm = "csm";
    public const string CsManager = "cs-manager";
    public const string ProductLead = "product-lead";
    public const string Executive = "executive";
    public const string CsOperations = "cs-operations";
    public const string Administrator = "administrator";
    public const string ReadOnly = "read-only";

    /// <summary>Every role, in the order in which they are listed to people.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Csm, CsManager, ProductLead, Executive, CsOperations, Administrator, ReadOnly];
}
