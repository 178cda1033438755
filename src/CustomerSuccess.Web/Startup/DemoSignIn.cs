using System.Net;

namespace CustomerSuccess.Web.Startup;

/// <summary>The sign-in that comes with the demo company. It exists only in a database that holds or held the demo, and works only on the machine itself.</summary>
internal static class DemoSignIn
{
    public const string Email = Engine.Demo.DemoMark.SignIn;

    public const string Password = "demo-company";

    /// <summary>True for a request made on this machine and not passed on by a proxy.</summary>
    public static bool IsAllowed(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded")
        && context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
}
