namespace CustomerSuccess.Core.Demo;

/// <summary>
/// Lives a customer's months: what goes wrong, what is bought, and when it leaves. In each month the hazards look at the month before,
/// so that every sign stands in the files before it can matter; a decline of usage takes months to become dangerous.
/// </summary>
internal sealed class SpellSimulation
{
    private static readonly string[] StatedReasons = ["price", "no longer needed", "competitor", "budget cut", "other"];

    private readonly DemoPlan _plan;
    private readonly AccountProfile _profile;
    private readonly DemoRandom _random;
    private readonly Spell _spell;
    private readonly int _firstMonth;
    private readonly Troubles _troubles;
    private readonly AutomationStory _automation;

    private DateOnly _anniversary;
    private int _seats;
    private decimal _price;
    private double _activePeople;
    private bool _growing;
    private double _noise;
    private double _priceRise;
    private int _priceRiseMonth = int.MinValue / 2;

    private SpellSimulation(DemoPlan plan, AccountProfile profile, DemoRandom random, DateOnly start, bool isFirst)
    {
        _plan = plan;
        _profile = profile;
        _random = random;
        _spell = new Spell { StartedOn = start };
        _firstMonth = plan.MonthOf(start);
        _troubles = new Troubles(random, profile);
        _automation = AutomationStory.Of(plan, profile);
        _seats = isFirst ? profile.Seats : Math.Max(3, (int)(profile.Seats * random.Between(0.7, 1)));
        _price = SeatPrice(plan, profile);
        _activePeople = _seats * profile.ActiveShare;
        IsOld = isFirst && profile.IsOld;
        _anniversary = IsOld ? plan.StartOf(_firstMonth + random.Whole(1, 12)).AddDays(random.Whole(0, 27)) : start.AddMonths(12);
        Open(start);
    }

    private bool IsOld { get; }

    public static Spell Run(DemoPlan plan, AccountProfile profile, DemoRandom random, DateOnly start, bool isFirst)
    {
        var simulation = new SpellSimulation(plan, profile, random, start, isFirst);
        simulation.Live();
        return simulation._spell;
    }

    private static decimal SeatPrice(DemoPlan plan, AccountProfile profile)
    {
        var yen = profile.Plan switch { "Starter" => 1500m, "Business" => 2400m, _ => 3200m };
        return plan.Currency == "JPY" ? yen : yen / 100m;
    }

    private void Live()
    {
        Span<double> hazards = stackalloc double[Hazards.Count];
        for (var month = _firstMonth; ; month++)
        {
            if (month > _firstMonth)
            {
                var probability = Hazards.Of(StandingFor(month), hazards, _automation.Factor(month));
                var leaves = _random.Chance(probability);
                var cause = Hazards.Draw(hazards, probability, _random.Next());
                if (month < _plan.Months)
                {
                    _spell.Truth.Add((month, probability, leaves ? cause : null));
                }

                if (leaves && End(month, cause))
                {
                    return;
                }
            }

            if (month == _plan.Months)
            {
                return;
            }

            Evolve(month);
            Trade(month);
        }
    }

    private Standing StandingFor(int month)
    {
        var last = _spell.Months[^1];
        return new Standing
        {
            Seats = last.Seats,
            ActiveShare = _activePeople / _seats,
            Yearly = _profile.Yearly,
            Tenure = month - _firstMonth + (IsOld ? 12 : 0),
            RenewsNext = _profile.Yearly && _plan.MonthOf(_anniversary) == month,
            CalendarMonth = _plan.StartOf(month).Month,
            Decline = last.Decline,
            Unanswered = _troubles.MonthsSinceNeglect(month - 1),
            Dissatisfaction = _troubles.Dissatisfaction,
            ChampionGone = _troubles.MonthsSinceChampionLeft(month - 1),
            FailedPayments = _troubles.FailedPayments,
            PriceRise = month - _priceRiseMonth <= 4 ? _priceRise : 0,
        };
    }

    /// <summary>What happens to people, moods and payments in a month.</summary>
    private void Evolve(int month)
    {
        var troubles = _troubles.Step(month, month - _firstMonth);
        if (!_growing && _random.Chance(0.014) && _troubles.Decline < 0.05)
        {
            _growing = true;
        }

        if (_growing)
        {
            _activePeople = Math.Min(_seats * 0.99, _activePeople + (_seats * 0.07));
        }

        // small customers fluctuate more, and pause now and then: neither means anything
        _noise = (0.5 * _noise) + (_random.Normal() * (_seats < 15 ? 0.16 : 0.07));
        var pause = _random.Chance(0.06) ? _random.Between(0.3, 0.6) : 1;
        var age = month - _firstMonth;
        var onboarding = IsOld || age >= 2 ? 1 : age == 0 ? 0.5 : 0.8;
        var people = Math.Min(_seats, _activePeople * Math.Exp(_noise) * onboarding * pause * (1 - _troubles.Decline));
        _spell.Months.Add(troubles with { Month = month, Seats = _seats, ActivePeople = people });
    }

    /// <summary>Renewals, price rises, and seats bought and given back.</summary>
    private void Trade(int month)
    {
        var renews = _plan.MonthOf(_anniversary) == month;
        var used = _activePeople * (1 - _troubles.Decline) / _seats;
        var seats = _seats;
        if (used > 0.88 ? _random.Chance(0.22) : _random.Chance(0.005))
        {
            seats += Math.Max(1, (int)Math.Round(_seats * _random.Between(0.12, 0.4)));
        }
        else if (_troubles.Decline > 0.25 && _random.Chance(renews ? 0.35 : _profile.Yearly ? 0.01 : 0.05))
        {
            seats = Math.Max(2, (int)Math.Round(_seats * _random.Between(0.6, 0.9)));
        }

        var price = _price;
        if (renews && _random.Chance(0.4))
        {
            _priceRise = _random.Between(0.06, 0.24);
            _priceRiseMonth = month;
            var unit = _plan.Currency == "JPY" ? 10m : 0.1m;
            price = decimal.Round(_price * (1 + (decimal)_priceRise) / unit) * unit;
        }

        var day = _plan.StartOf(month).AddDays(_random.Whole(1, 26));
        if (renews)
        {
            day = _anniversary;
            _anniversary = _anniversary.AddMonths(12);
        }

        var changed = seats != _seats || price != _price;
        if ((renews && _profile.Yearly) || (changed && day > _spell.Terms[^1].StartedOn))
        {
            var reason = !changed ? "renewed" : seats != _seats ? "seats changed" : "price changed";
            _growing &= seats == _seats;
            (_seats, _price) = (seats, price);
            _spell.Terms[^1].EndedOn = day;
            _spell.Terms[^1].EndReason = reason;
            Open(day);
        }
    }

    private void Open(DateOnly day) => _spell.Terms.Add(new DemoTerm(day, _profile.Yearly ? _anniversary : null, _seats, _price));

    /// <summary>Ends the last term in a month. False where the month lies beyond the files and nobody has said so yet.</summary>
    private bool End(int month, ChurnCause cause)
    {
        var term = _spell.Terms[^1];
        var end = _profile.Yearly && _plan.MonthOf(_anniversary) == month ? _anniversary : _plan.StartOf(month).AddDays(_random.Whole(0, 27));
        var notice = end.AddDays(-_random.Whole(7, 40));
        notice = notice > term.StartedOn ? notice : term.StartedOn.AddDays(1);
        var silent = cause == ChurnCause.FailedPayments || _random.Chance(0.08) || notice >= end;
        // what people say is mostly not what it was
        var reason = cause == ChurnCause.FailedPayments ? "payment failed" : cause == ChurnCause.Price && _random.Chance(0.6) ? "price" : _random.Pick(StatedReasons);
        if (end > _plan.Last && (silent || notice > _plan.Last))
        {
            return false;
        }

        term.EndedOn = end;
        term.NoticeOn = silent ? null : notice;
        term.EndReason = reason;
        _spell.EndedOn = end;
        return true;
    }
}
