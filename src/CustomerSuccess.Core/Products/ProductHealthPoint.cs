using CustomerSuccess.Core.Health;

namespace CustomerSuccess.Core.Products;

/// <summary>Health of an account's product at a day, 0–100, 100 is good, among the accounts that pay for the product. A missing dimension is null and left out of the total; a CSM's judgement, which is of the account, does not count.</summary>
public sealed class ProductHealthPoint
{
    public int AccountNo { get; set; }

    /// <summary>The product's key; empty for terms that name none.</summary>
    public required string Product { get; set; }

    public DateOnly AsOf { get; set; }

    public double? Total { get; set; }

    public double? Adoption { get; set; }

    public double? Engagement { get; set; }

    public double? Support { get; set; }

    public double? Sentiment { get; set; }

    public double? Commercial { get; set; }

    public double? Relationship { get; set; }

    /// <summary>The version of the scheme that the total was computed by; 0 for equal weights.</summary>
    public int SchemeNo { get; set; }

    /// <summary>The segment whose weights were used.</summary>
    public string? Segment { get; set; }

    /// <summary>True where the point was computed afterwards from the facts rather than shown on that day.</summary>
    public bool Reconstructed { get; set; }

    public static ProductHealthPoint Of(string product, HealthPoint point) => new()
    {
        AccountNo = point.AccountNo,
        Product = product,
        AsOf = point.AsOf,
        Total = point.Total,
        Adoption = point.Adoption,
        Engagement = point.Engagement,
        Support = point.Support,
        Sentiment = point.Sentiment,
        Commercial = point.Commercial,
        Relationship = point.Relationship,
        SchemeNo = point.SchemeNo,
        Segment = point.Segment,
    };

    /// <summary>The same as a point of health, to be weighed and tested like an account's.</summary>
    public HealthPoint ToHealth() => new()
    {
        AccountNo = AccountNo,
        AsOf = AsOf,
        Total = Total,
        Adoption = Adoption,
        Engagement = Engagement,
        Support = Support,
        Sentiment = Sentiment,
        Commercial = Commercial,
        Relationship = Relationship,
        SchemeNo = SchemeNo,
        Segment = Segment,
        Reconstructed = Reconstructed,
    };
}
