namespace CustomerSuccess.Web.Shared.Forms;

/// <summary>A form that the reader sent. Who saves it says so; what was typed is then no longer kept as a draft.</summary>
public sealed class Submission
{
    /// <summary>True once what was typed is saved.</summary>
    public bool IsSaved { get; private set; }

    public void Saved() => IsSaved = true;
}
