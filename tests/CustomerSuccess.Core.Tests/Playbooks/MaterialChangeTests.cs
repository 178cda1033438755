using CsCheck;
using CustomerSuccess.Core.Playbooks;

namespace CustomerSuccess.Core.Tests.Playbooks;

public sealed class MaterialChangeTests
{
    [Theory]
    [InlineData("inquiry_urgent", "count", 1, 3, true)]
    [InlineData("inquiry_urgent", "count", 1, 2, false)]
    [InlineData("inquiry_urgent", "days", 3, 10, true)]
    [InlineData("inquiry_urgent", "days", 3, 9, false)]
    [InlineData("inquiry_unanswered", "count", 2, 4, true)]
    [InlineData("inquiry_unanswered", "count", 2, 3, false)]
    [InlineData("inquiries_escalated", "count", 1, 2, true)]
    [InlineData("usage_fell", "change", -0.2, -0.45, true)]
    [InlineData("usage_fell", "change", -0.3, -0.45, true)]
    [InlineData("usage_fell", "change", -0.31, -0.45, false)]
    [InlineData("usage_fell", "change", -0.45, -0.2, false)]
    [InlineData("gone_silent", "days", 14, 28, true)]
    [InlineData("gone_silent", "days", 7, 20, false)]
    [InlineData("gone_silent", "days", 20, 39, false)]
    [InlineData("purchases_stopped", "days", 30, 60, true)]
    [InlineData("purchases_stopped", "days", 20, 45, false)]
    [InlineData("nps_detractor", "score", 6, 4, true)]
    [InlineData("nps_detractor", "score", 6, 5, false)]
    [InlineData("champion_silent", "days", 60, 120, true)]
    [InlineData("payment_failed", "count", 1, 2, true)]
    [InlineData("payment_failed", "count", 2, 2, false)]
    [InlineData("notice_near", "days", 40, 14, true)]
    [InlineData("notice_near", "days", 40, 15, false)]
    [InlineData("notice_near", "days", 14, 2, false)]
    [InlineData("seats_unused", "share", 0.3, 0.15, true)]
    [InlineData("seats_full", "share", 0.9, 1.0, true)]
    [InlineData("usage_rose", "change", 0.3, 0.54, false)]
    [InlineData("onboarding_stalled", "active_days", 4, 1, true)]
    [InlineData("features_dropped", "count", 2, 3, false)]
    [InlineData("champion_left", "days", 1, 500, false)]
    [InlineData("no_special_reason", "days", 1, 500, false)]
    [InlineData("unheard_of", "days", 1, 500, false)]
    public void A_reason_comes_back_by_its_step(string code, string arg, double before, double now, bool comesBack) =>
        MaterialChange.IsMaterial(code, Of(arg, before), Of(arg, now)).Should().Be(comesBack);

    [Fact]
    public void What_is_not_known_on_either_side_is_no_change()
    {
        MaterialChange.IsMaterial("usage_fell", new Dictionary<string, double>(), Of("change", -0.9)).Should().BeFalse();
        MaterialChange.IsMaterial("usage_fell", Of("change", -0.2), new Dictionary<string, double>()).Should().BeFalse();
    }

    [Fact]
    public void The_same_is_no_change_a_change_is_never_one_in_both_directions_and_worse_stays_a_change() =>
        Gen.Select(Gen.OneOf([.. MaterialChange.Codes.Select(Gen.Const)]), Gen.Double[-100, 100], Gen.Double[0, 50], Gen.Double[0, 50]).Sample((code, before, step, further) =>
            MaterialChange.ArgsOf(code).All(arg =>
            {
                bool Moves(double from, double to) => MaterialChange.IsMaterial(code, Of(arg, from), Of(arg, to));
                var (up, down) = (Moves(before, before + step), Moves(before, before - step));
                return !Moves(before, before)
                    && !(up && Moves(before + step, before))
                    && (!up || Moves(before, before + step + further))
                    && (!down || Moves(before, before - step - further));
            }));

    private static Dictionary<string, double> Of(string arg, double value) => new() { [arg] = value };
}
