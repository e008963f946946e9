using System.Text;
using System.Text.Json;
using IncidentDb.Export;

namespace IncidentDb.Web.Http;

/// <summary>Answers in other formats than HTML, by the extension of the address.</summary>
internal static class Twins
{
    public static readonly IReadOnlyList<string> Extensions = [".json", ".csv", ".ndjson", ".md", ".bib", ".ris", ".atom", ".docx"];

    public static IResult Json<T>(T value) => Results.Json(value, JsonText.Options);

    public static IResult NotFound(string sentence) => new Problem(StatusCodes.Status404NotFound, sentence);

    public static IResult BadRequest(string sentence) => new Problem(StatusCodes.Status400BadRequest, sentence);

    /// <summary>A text that is written while it is sent, so that a large export is never in memory at once.</summary>
    public static IResult Text(string contentType, string fileName, Action<TextWriter> write) => new Written(contentType, fileName, write);

    private sealed class Written(string contentType, string fileName, Action<TextWriter> write) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Results.Stream(
            async stream =>
            {
                // Kestrel's body takes no synchronous writes: the writer goes through a buffer that is flushed in pieces.
                var writer = new StreamWriter(new Pieces(stream, httpContext.RequestAborted), new UTF8Encoding(false), 32 * 1024);
                await using (writer.ConfigureAwait(false))
                    await Task.Run(() => write(writer));
            },
            contentType,
            fileName).ExecuteAsync(httpContext);
    }

    /// <summary>One JSON value a line.</summary>
    public static IResult Ndjson<T>(string fileName, IEnumerable<T> values) => Text("application/x-ndjson; charset=utf-8", fileName, writer =>
    {
        foreach (var value in values)
        {
            writer.Write(JsonSerializer.Serialize(value, JsonText.Options));
            writer.Write('\n');
        }
    });

    /// <summary>The address of the site as the caller reached it, or as it is set; no slash at the end.</summary>
    public static string BaseUrl(HttpContext context)
    {
        var set = context.RequestServices.GetRequiredService<Hosting.SiteSettings>().PublicUrl;
        return set.Length > 0 ? set : $"{context.Request.Scheme}://{context.Request.Host}";
    }

    /// <summary>The parameters of an address as the search query reads them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Parameters(IQueryCollection query) =>
        query.SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")));

    /// <summary>
    /// Turns synchronous writes into waits for the asynchronous ones below; the writer above runs off the request's thread. Kestrel takes what is written to
    /// somebody who has gone without a word: the writer has to be told, or it reads the whole library for nobody.
    /// </summary>
    private sealed class Pieces(Stream inner, CancellationToken gone) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Write(byte[] buffer, int offset, int count)
        {
            gone.ThrowIfCancellationRequested();
            inner.WriteAsync(buffer.AsMemory(offset, count), gone).AsTask().GetAwaiter().GetResult();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
