using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Effects;

/// <summary>The random draw behind the effect of a play, and how large a share of the accounts it holds out.</summary>
public static class Holdout
{
    /// <summary>No play holds out more: half.</summary>
    public const double Most = 0.5;

    /// <summary>Once the answer is in, a fifth of the share is still held out, so that a play that stops working is noticed.</summary>
    public const double AfterAnswer = 0.2;

    /// <summary>
    /// A number in [0, 1) that depends on the seed, the account, the play and the year alone: whoever draws again gets the same. An account is held out where it lies
    /// below the share, so that a smaller share holds out some of the same accounts and no others.
    /// </summary>
    public static double Draw(int seed, string ns, string accountId, string play, int year)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{ns}\n{accountId}\n{play}\n{year}")), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>
    /// The share that is held out of a play now. It falls to a fifth once the play is known to work, or known not to: what is still to be learned is little,
    /// and each held-out account of a play that works costs. It does not fall for a harmful play, since that would offer it to more accounts; such a play is no longer suggested.
    /// </summary>
    public static double ShareOf(Play play, EffectVerdict verdict, CompanySettings settings) =>
        Stated(play, settings) * (verdict is EffectVerdict.Works or EffectVerdict.DoesNotWork ? AfterAnswer : 1);

    /// <summary>The share before anything is known: the play's own, else the company's.</summary>
    public static double Stated(Play play, CompanySettings settings) => play.HoldoutShare ?? settings.HoldoutShare;

    /// <summary>
    /// True while an assignment stands: through its calendar year, and until its outcome is decided where that is later, so that an account drawn in December
    /// is not drawn again in January while the first draw still counts.
    /// </summary>
    public static bool Stands(DateOnly assignedOn, DateOnly day, LabelRule rule) =>
        assignedOn <= day && (assignedOn.Year == day.Year || day.DayNumber - assignedOn.DayNumber <= rule.Span);
}
