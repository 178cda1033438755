namespace CustomerSuccess.Core.Effects;

/// <summary>The accounts of one arm whose outcome is known.</summary>
/// <param name="Accounts">How many.</param>
/// <param name="Outcomes">Those of them that left; for a play that sells, that expanded.</param>
public readonly record struct Arm(int Accounts, int Outcomes)
{
    /// <summary>Share with the outcome, 0–1; NaN over nobody.</summary>
    public double Rate => Accounts == 0 ? double.NaN : (double)Outcomes / Accounts;

    public Arm With(bool outcome) => new(Accounts + 1, Outcomes + (outcome ? 1 : 0));
}

/// <summary>Both arms of a play's random draw, counted as drawn, whatever was done (intention to treat).</summary>
/// <param name="Offered">Accounts to which the play was offered.</param>
/// <param name="HeldOut">Accounts to which it was not.</param>
public readonly record struct Arms(Arm Offered, Arm HeldOut)
{
    /// <summary>Under so many known outcomes in either arm nothing is said of a play.</summary>
    public const int Least = 50;

    public int Accounts => Offered.Accounts + HeldOut.Accounts;

    public bool AreEnough => Math.Min(Offered.Accounts, HeldOut.Accounts) >= Least;

    public Arms With(bool isOffered, bool outcome) => isOffered ? this with { Offered = Offered.With(outcome) } : this with { HeldOut = HeldOut.With(outcome) };
}

/// <summary>An estimate with its 95 % interval.</summary>
public readonly record struct EffectInterval(double Value, double Lower, double Upper)
{
    public bool Contains(double value) => Lower <= value && value <= Upper;
}
