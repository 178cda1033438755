using CustomerSuccess.Web.Shared.Pages;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Accounts;

/// <summary>A part of an account's page: it reads for itself, so that the page does not wait for it, and reads again in silence when somebody changed something.</summary>
public abstract class AccountPart : DataPage
{
    [Parameter, EditorRequired]
    public OpenAccount Account { get; set; } = default!;

    protected override object? Subject => Account.No;

    /// <summary>Reads again without showing that it does: what stands there stays until the new is known, and what is being typed stays anyway.</summary>
    protected async Task RefreshAsync()
    {
        try
        {
            await ReadAsync(Leaving);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // the reader has left
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }
}
