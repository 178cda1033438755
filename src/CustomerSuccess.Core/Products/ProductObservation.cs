namespace CustomerSuccess.Core.Products;

/// <summary>A product that an account pays for at a day, with what became of it.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="AsOf">The day t at which it is looked at.</param>
/// <param name="Product">The product's key.</param>
/// <param name="Mrr">MRR of the product at t in the reporting currency.</param>
/// <param name="Products">How many products the account pays for at t, terms that name none counted as one.</param>
/// <param name="Leaving">Notice has been given by t for every paying term of the product: known to end, not scored, never an observation.</param>
/// <param name="Dropped">Where the account stays: the product was dropped in the window. Null where the account leaves in it, and where the label is not known.</param>
/// <param name="Lost">The account left or dropped the product in the window; null where not known.</param>
/// <param name="EndedOn">The day of the event that the label counts.</param>
public sealed record ProductObservation(int AccountNo, DateOnly AsOf, string Product, decimal Mrr, int Products, bool Leaving, bool? Dropped, bool? Lost, DateOnly? EndedOn);
