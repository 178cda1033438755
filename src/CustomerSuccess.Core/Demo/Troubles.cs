namespace CustomerSuccess.Core.Demo;

/// <summary>What goes wrong at a customer, month by month: each trouble begins at random, shows in the files, lasts some months, and passes.</summary>
internal sealed class Troubles(DemoRandom random, AccountProfile profile)
{
    private const int Never = int.MinValue / 2;

    private int _declineStart = Never;
    private int _declineRamp;
    private int _declinePlateau;
    private double _declineDepth;
    private int _neglectStart = Never;
    private int _championLeft = Never;
    private bool _championReplaced = true;
    private int _replacementDue = Never;
    private int _failuresLeft;
    private int _discontentUntil = Never;
    private double _discontent;

    /// <summary>Share of usual usage lost, 0–1.</summary>
    public double Decline { get; private set; }

    /// <summary>Points below the usual satisfaction.</summary>
    public double Dissatisfaction { get; private set; }

    /// <summary>Payments failed in a row.</summary>
    public int FailedPayments { get; private set; }

    public int? MonthsSinceNeglect(int month) => month - _neglectStart is >= 0 and <= 5 and var months ? months : null;

    public int? MonthsSinceChampionLeft(int month) => !_championReplaced && month - _championLeft is >= 0 and <= 6 and var months ? months : null;

    /// <summary>Lives a month; <paramref name="age"/> is the customer's in months.</summary>
    public LifeMonth Step(int month, int age)
    {
        StepDecline(month, age);
        StepDiscontent(month);
        var neglected = 0;
        if (month - _neglectStart > 8 && age >= 1 && random.Chance(0.013))
        {
            _neglectStart = month;
        }

        if (month - _neglectStart <= 1)
        {
            neglected = random.Whole(1, 2);
        }

        var leaves = StepChampion(month, age, out var replaced);
        var fails = StepPayments();
        var mood = profile.Satisfaction - Dissatisfaction - (MonthsSinceNeglect(month) is null ? 0 : 0.7) - Decline;
        return new LifeMonth
        {
            Decline = Decline,
            Satisfaction = mood,
            Neglected = neglected,
            PaymentFails = fails,
            ChampionLeaves = leaves,
            ChampionReplaced = replaced,
        };
    }

    private void StepDecline(int month, int age)
    {
        if (month - _declineStart > _declineRamp + _declinePlateau + 4 && age >= 2 && random.Chance(0.021))
        {
            _declineStart = month;
            _declineRamp = random.Whole(3, 5);
            _declinePlateau = random.Whole(5, 10);
            _declineDepth = random.Between(0.4, 0.85);
        }

        double since = month - _declineStart;
        Decline = since <= _declineRamp ? _declineDepth * Math.Max(0, since) / _declineRamp
            : since <= _declineRamp + _declinePlateau ? _declineDepth
            : Math.Max(0, _declineDepth * (1 - ((since - _declineRamp - _declinePlateau) / 3)));
    }

    private void StepDiscontent(int month)
    {
        if (month > _discontentUntil + 2 && random.Chance(0.011))
        {
            _discontentUntil = month + random.Whole(7, 12);
            _discontent = random.Between(2, 4.5);
        }

        Dissatisfaction = month <= _discontentUntil ? _discontent : 0;
    }

    /// <summary>True where the champion leaves. Half of them are replaced a month later, and then nothing follows.</summary>
    private bool StepChampion(int month, int age, out bool replaced)
    {
        replaced = month == _replacementDue;
        if (month - _championLeft <= 7 || age < 1 || !random.Chance(0.014))
        {
            return false;
        }

        _championLeft = month;
        _championReplaced = random.Chance(0.5);
        // a lasting gap is filled too late
        _replacementDue = month + (_championReplaced ? 1 : 7);
        return true;
    }

    /// <summary>True where this month's payment fails: once now and then without meaning, seldom two to four times in a row.</summary>
    private bool StepPayments()
    {
        if (_failuresLeft == 0)
        {
            _failuresLeft = random.Chance(0.008) ? random.Whole(3, 4) : random.Chance(0.02) ? 1 : 0;
            FailedPayments = 0;
        }

        if (_failuresLeft == 0)
        {
            return false;
        }

        _failuresLeft--;
        FailedPayments++;
        return true;
    }
}
