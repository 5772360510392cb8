using System.CommandLine;
using System.Net;
using Assay.Host.Http;
using Assay.Host.Settings;

namespace Assay.Host.Commands;

/// <summary><c>assay health</c>: a probe for containers that hold no other program.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var page = new Argument<string>("PAGE") { Description = "live, ready or startup.", DefaultValueFactory = _ => HealthPages.Live };
        page.AcceptOnlyFromAmong([.. HealthPages.All]);
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        var command = new Command("health", "Asks the silo of this machine how it is; ends with 0 when it is well, 1 when it says why not, 3 when it does not answer.")
        {
            page, settings, set,
        };
        command.SetAction((parsed, stop) =>
            Ask(AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []).Http, HealthPages.Path(parsed.GetValue(page)!), stop));
        return command;
    }

    private static async Task<int> Ask(HttpOptions http, string path, CancellationToken stop)
    {
        var address = new UriBuilder("http", Reachable(http.Address), http.Port, path).Uri;
        using var client = new HttpClient { Timeout = Limit };
        try
        {
            using var answer = await client.GetAsync(address, stop);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(stop));
            return answer.IsSuccessStatusCode ? ExitCodes.Done : ExitCodes.Distrusted;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {e.Message}");
            return ExitCodes.Unreachable;
        }
    }

    /// <summary>Who listens everywhere is asked on loopback.</summary>
    private static string Reachable(string address)
    {
        var ip = IPAddress.Parse(address);
        var asked = ip.Equals(IPAddress.Any) ? IPAddress.Loopback : ip.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : ip;
        return asked.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{asked}]" : asked.ToString();
    }
}
