namespace CustomerSuccess.Core.Activity;

/// <summary>A one-off order.</summary>
public sealed class Purchase : Fact
{
    public DateOnly PurchasedOn { get; set; }

    public decimal Amount { get; set; }

    public required string Currency { get; set; }

    public string? Item { get; set; }

    public double? Quantity { get; set; }
}

/// <summary>An invoice with its payment.</summary>
public sealed class Invoice : Fact
{
    public decimal Amount { get; set; }

    public required string Currency { get; set; }

    public DateOnly IssuedOn { get; set; }

    public DateOnly? DueOn { get; set; }

    public DateOnly? PaidOn { get; set; }

    public DateOnly? FailedOn { get; set; }

    /// <summary><c>open</c>, <c>paid</c>, <c>failed</c> or <c>void</c>.</summary>
    public string? Status { get; set; }
}

/// <summary>A sales opportunity, for reading beside the rest.</summary>
public sealed class Deal : Fact
{
    public string? Name { get; set; }

    public string? Kind { get; set; }

    public string? Stage { get; set; }

    public decimal? Amount { get; set; }

    public required string Currency { get; set; }

    public DateOnly? OpenedOn { get; set; }

    public DateOnly? ExpectedOn { get; set; }

    public DateOnly? ClosedOn { get; set; }

    public bool? Won { get; set; }

    public string? OwnerEmail { get; set; }
}

/// <summary>Units of the reporting currency for one unit of <see cref="Currency"/> in a month.</summary>
public sealed class ExchangeRate
{
    public int SourceId { get; set; }

    public required string Currency { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    public double Rate { get; set; }

    public int ImportFileId { get; set; }

    public int? VoidedBy { get; set; }
}
