using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MLNet.SpatialDropout.Tests;

/// <summary>An audit source on this machine, with an advisory of each severity on one package.</summary>
internal sealed class AdvisorySource : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _answering;

    public AdvisorySource(string package, string version)
    {
        Address = $"http://localhost:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        string advisories = string.Join(',', Enumerable.Range(0, 4).Select(severity =>
            $$"""{"url":"https://example.org/{{severity}}","severity":{{severity}},"versions":"[{{version}}]"}"""));
        _answering = AnswerAsync(new Dictionary<string, string>
        {
            ["/index.json"] =
                $$"""{"version":"3.0.0","resources":[{"@id":"{{Address}}pages.json","@type":"VulnerabilityInfo/6.7.0"}]}""",
            ["/pages.json"] = $$"""[{"@name":"all","@id":"{{Address}}all.json","@updated":"2026-01-01T00:00:00Z"}]""",
            ["/all.json"] = $$"""{"{{package.ToLowerInvariant()}}":[{{advisories}}]}""",
        });
    }

    public string Address { get; }

    public void Dispose()
    {
        _listener.Close();
        _answering.Wait();
    }

    private async Task AnswerAsync(Dictionary<string, string> pages)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                bool isFound = pages.TryGetValue(context.Request.Url!.AbsolutePath, out string? page);
                context.Response.StatusCode = isFound ? 200 : 404;
                context.Response.ContentType = "application/json";
                context.Response.Close(Encoding.UTF8.GetBytes(page ?? ""), willBlock: true);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the test is over.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
