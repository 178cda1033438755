using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Products;

/// <summary>What users saw of an account's product in one run. There are none where contracts name fewer than two products.</summary>
public sealed class ProductScore
{
    public int ScoreRunId { get; set; }

    public int AccountNo { get; set; }

    /// <summary>The product's key; empty for terms that name none.</summary>
    public required string Product { get; set; }

    /// <summary>As most contract rows write it; empty for terms that name none.</summary>
    public required string Name { get; set; }

    /// <summary>Scored, or leaving where notice has been given for every paying term of the product.</summary>
    public ScoreState State { get; set; }

    /// <summary>MRR of the product in the reporting currency.</summary>
    public decimal Mrr { get; set; }

    public DateOnly? RenewsOn { get; set; }

    public double? Health { get; set; }

    public double? Adoption { get; set; }

    public double? Engagement { get; set; }

    public double? Support { get; set; }

    public double? Sentiment { get; set; }

    public double? Commercial { get; set; }

    public double? Relationship { get; set; }

    /// <summary>Which kinds of fact told the product from the account's others.</summary>
    public ProductTold Told { get; set; }

    /// <summary>Accounts that pay for the product: those among which health is a percentile.</summary>
    public int Payers { get; set; }

    public ProductRiskBasis Basis { get; set; }

    /// <summary>The model of dropped products that was asked; null where none was.</summary>
    public int? ModelId { get; set; }

    /// <summary>That the product is lost within the horizon, 0–1; null in fallback and where notice was given.</summary>
    public double? Probability { get; set; }

    /// <summary>That the account drops the product where it stays, 0–1; null without a model of dropped products.</summary>
    public double? DropProbability { get; set; }

    /// <summary>Rule score over the product's features, 0–100, 100 is worst. Not a probability.</summary>
    public double RuleScore { get; set; }

    /// <summary>P(lost) × MRR × 12; all of the MRR where notice was given; null in fallback.</summary>
    public decimal? ExpectedLoss { get; set; }

    /// <summary>Drivers of being dropped (rules in fallback) as a JSON list of <see cref="Driver"/>, strongest first.</summary>
    public string DriversJson { get; set; } = "[]";

    public void Set(HealthPoint point) =>
        (Health, Adoption, Engagement, Support, Sentiment, Commercial, Relationship) = (point.Total, point.Adoption, point.Engagement, point.Support, point.Sentiment, point.Commercial, point.Relationship);
}
