using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace IncidentDb.Web.Tests;

/// <summary>An answer read byte by byte: <c>HttpClient</c> straightens addresses before it sends them.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    public string? Location => Head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Location:", StringComparison.OrdinalIgnoreCase))?["Location:".Length..].Trim();
}

internal static class RawHttp
{
    /// <summary>Sends a request line as it stands; status 0 when the server closed without a word.</summary>
    public static async Task<RawAnswer> GetAsync(Uri site, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(site.Host, site.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"GET {target} HTTP/1.1\r\nHost: {site.Authority}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        string text;
        try
        {
            text = await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return new RawAnswer(0, "", "");
        }

        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return new RawAnswer(0, text, "");
        return new RawAnswer(int.Parse(text.Split(' ', 3)[1], CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
    }
}
