using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;

namespace CustomerSuccess.Core.Tests.Sequences;

public sealed class SequenceRulesTests
{
    private static readonly IReadOnlySet<string> Templates = new HashSet<string> { "hello" };

    private static PlayStep Mail => new() { Channel = Channels.Email, SubjectEn = "Hi {{contact.name|}}", BodyEn = "How are you?", SendsItself = true };

    private static Play Play(params PlayStep[] steps) => PlayCatalogue.All[0] with { Sequence = new() { Steps = steps } };

    private static Dictionary<string, string> Check(Play play) => PlayRules.Check(play, PlayCatalogue.All.SelectMany(own => own.Triggers).SelectMany(trigger => trigger.When.Fields.Concat(trigger.Args.Values.Select(field => field.TrimStart('-')))).Distinct().ToDictionary(field => field, field => new SegmentField(field, FieldKind.Number, "", default)), Templates)
        .Where(problem => problem.Key.StartsWith("step", StringComparison.Ordinal)).ToDictionary();

    [Fact]
    public void Each_step_is_checked_at_its_place()
    {
        Check(Play(Mail)).Should().BeEmpty();
        Check(Play()).Should().Equal(new Dictionary<string, string> { ["steps"] = "missing" });
        Check(Play([.. Enumerable.Repeat(Mail, 13)])).Should().Equal(new Dictionary<string, string> { ["steps"] = "too_many" });
        Check(Play(Mail, Mail with { Channel = "fax" }))["step.1.channel"].Should().Be("unknown");
        Check(Play(Mail with { Delay = 366, Hour = 24, Minutes = -1 })).Should().BeEquivalentTo(new Dictionary<string, string> { ["step.0.delay"] = "out_of_range", ["step.0.hour"] = "out_of_range", ["step.0.minutes"] = "out_of_range" });
        Check(Play(Mail with { SubjectEn = null, BodyEn = null }))["step.0.subject_en"].Should().Be("missing");
        Check(Play(Mail with { SubjectJa = "件名" }))["step.0.body_ja"].Should().Be("missing", "a subject alone is no message");
        Check(Play(Mail with { BodyEn = "{{broken" }))["step.0.body_en"].Should().Be("bad_template");
        Check(Play(Mail with { SubjectEn = null, BodyEn = null, TemplateId = "hello" })).Should().BeEmpty();
        Check(Play(Mail with { TemplateId = "gone" }))["step.0.template"].Should().Be("unknown");
        Check(Play(new PlayStep { Channel = Channels.Call })).Should().BeEmpty("a task may go by the play's name");
    }

    [Fact]
    public void The_shipped_steps_obey_the_rules_and_speak_both_languages()
    {
        var shipped = PlayCatalogue.All.Where(play => play.Sequence is not null).ToList();
        shipped.Select(play => play.Key).Should().BeEquivalentTo("training_offer", "thank_you");
        foreach (var play in shipped)
        {
            Check(play).Should().BeEmpty();
            play.IsOn.Should().BeFalse("nobody is written to before somebody has read it");
            play.Sequence!.Steps.Should().OnlyContain(step => step.SubjectEn != null && step.SubjectJa != null && !step.SendsItself);
        }
    }

    [Fact]
    public void A_play_with_steps_is_read_back_as_it_was_written_and_older_files_have_none()
    {
        var play = Play(Mail with { Delay = 2, Unit = DelayUnit.BusinessDays, Hour = 9, SkipWhen = PlayCatalogue.All[0].Triggers[0].When }, new PlayStep { Channel = Channels.Letter, From = DelayFrom.Start, Delay = 14, SubjectJa = "お礼", BodyJa = "本文" });
        play = play with { Sequence = play.Sequence! with { StartsByItself = true, Goal = PlayCatalogue.All[1].Triggers[0].When, EndsWhenReasonGone = true, OnOutage = Interruption.Leave } };
        PlayText.Write(PlayText.Read(PlayText.Write(play))).Should().Be(PlayText.Write(play));
        PlayText.Write(PlayText.ReadFile(PlayText.WriteFile([play]))[0]).Should().Be(PlayText.Write(play));
        PlayText.Read(PlayText.Write(PlayCatalogue.All[0])).Sequence.Should().BeNull();
        PlayText.Write(PlayCatalogue.All[0]).Should().NotContain("sequence", "files without steps can be read by earlier versions");
    }

    [Fact]
    public void A_step_speaks_the_customers_language_where_it_has_words()
    {
        var step = Mail with { SubjectJa = "こんにちは", BodyJa = "お元気ですか。" };
        step.In("ja").Should().Be(("こんにちは", "お元気ですか。", "ja"));
        step.In("en")!.Value.Language.Should().Be("en");
        Mail.In("ja")!.Value.Language.Should().Be("en", "it has no other words");
        new PlayStep { Channel = Channels.Call }.In("en").Should().BeNull();
    }

    [Theory]
    [InlineData(EnrolmentEnds.PlayDeleted, nameof(EnrolmentFacts.PlayDeleted))]
    [InlineData(EnrolmentEnds.PlayOff, nameof(EnrolmentFacts.PlayOff))]
    [InlineData(EnrolmentEnds.AccountLeft, nameof(EnrolmentFacts.AccountLeft))]
    [InlineData(EnrolmentEnds.ContactLeft, nameof(EnrolmentFacts.ContactLeft))]
    [InlineData(EnrolmentEnds.OptedOut, nameof(EnrolmentFacts.OptedOut))]
    [InlineData(EnrolmentEnds.Replied, nameof(EnrolmentFacts.HasReplied))]
    [InlineData(EnrolmentEnds.GoalMet, nameof(EnrolmentFacts.GoalMet))]
    [InlineData(EnrolmentEnds.UrgentInquiry, nameof(EnrolmentFacts.UrgentInquiry))]
    [InlineData(null, nameof(EnrolmentFacts.Outage))]
    [InlineData(null, nameof(EnrolmentFacts.ReasonGone))]
    public void Each_exit_rule_ends_a_sequence_by_its_name(string? expected, string fact) => EnrolmentExit.Of(Play(Mail).Sequence!, With(fact)).Should().Be(expected);

    [Fact]
    public void What_may_be_chosen_follows_the_choice()
    {
        var sequence = Play(Mail).Sequence!;
        EnrolmentExit.Waits(sequence, With(nameof(EnrolmentFacts.Outage))).Should().Be(EnrolmentEnds.Outage);
        EnrolmentExit.Of(sequence with { OnOutage = Interruption.Leave }, With(nameof(EnrolmentFacts.Outage))).Should().Be(EnrolmentEnds.Outage);
        EnrolmentExit.Waits(sequence with { OnUrgentInquiry = Interruption.Wait }, With(nameof(EnrolmentFacts.UrgentInquiry))).Should().Be(EnrolmentEnds.UrgentInquiry);
        EnrolmentExit.Of(sequence with { OnUrgentInquiry = Interruption.GoOn }, With(nameof(EnrolmentFacts.UrgentInquiry))).Should().BeNull();
        EnrolmentExit.Of(sequence with { EndsWhenReasonGone = true }, With(nameof(EnrolmentFacts.ReasonGone))).Should().Be(EnrolmentEnds.ReasonGone);
        EnrolmentEnds.OfHold("list_opted_out:success").Should().Be(EnrolmentEnds.OptedOut);
        EnrolmentEnds.OfHold("missing_field:contract.plan").Should().BeNull("it can be mended");
        EnrolmentEnds.OfHold(HoldReasons.BadAddress).Should().Be(EnrolmentEnds.NoAddress);
    }

    private static EnrolmentFacts With(string fact)
    {
        object facts = default(EnrolmentFacts);
        typeof(EnrolmentFacts).GetProperty(fact)!.SetValue(facts, true);
        return (EnrolmentFacts)facts;
    }
}
