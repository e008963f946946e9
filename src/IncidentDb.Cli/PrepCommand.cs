using System.CommandLine;
using System.Text.Json;
using IncidentDb.Export;
using IncidentDb.PrepSheets;
using IncidentDb.PrepSheets.Formats;
using IncidentDb.Storage;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb prep &lt;episode|incident…&gt; --minutes 60 -o sheet.md</c>: a prep sheet as a file, in the format of the name's extension.</summary>
internal static class PrepCommand
{
    public static Command Create()
    {
        var what = new Argument<string[]>("what") { Description = "The slug of an episode, or of one to six records in the order of telling.", Arity = ArgumentArity.OneOrMore };
        var minutes = new Option<int>("--minutes", "-m") { Description = "How long it runs: 5, 20, 60 or 150.", DefaultValueFactory = _ => RunDown.DefaultMinutes };
        var clock = new Option<string>("--clock") { Description = "The zone of the times of day, such as Europe/London; “record” leaves each as its record has it.", DefaultValueFactory = _ => HostClock.OfRecord };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; its extension says the format: .md .docx .html .json, or .notes.md for show notes. Without it: Markdown to the terminal." };
        var baseUrl = new Option<string>("--url") { Description = "Address of the site for links.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var judge = new Option<bool>("--judge") { Description = "Print the script sentence by sentence with what makes one hard to read out: over 25 words, more than one idea, signs or figures that can't be spoken." };
        var script = new Option<bool>("--script") { Description = "Print only what is read aloud, for a speech program." };
        var json = Output.JsonOption();
        var command = new Command("prep", "Write a prep sheet that a host can read on air.") { what, minutes, clock, output, baseUrl, judge, script, json };
        command.SetAction(parsed => Run(parsed.GetValue(judge) ? Show.Judged : parsed.GetValue(script) ? Show.Script : Show.Sheet, parsed.GetValue(what)!, parsed.GetValue(minutes), parsed.GetValue(clock)!, parsed.GetValue(output), parsed.GetValue(baseUrl)!.TrimEnd('/'), parsed.GetValue(json)));
        return command;
    }

    private enum Show
    {
        Sheet,
        Judged,
        Script,
    }

    private static int Run(Show show, string[] what, int minutes, string clock, string? path, string baseUrl, bool json)
    {
        if (!RunDown.Lengths.Contains(minutes))
            return Output.Fail(ExitCode.Usage, $"--minutes {minutes}: a sheet runs {string.Join(", ", RunDown.Lengths.SkipLast(1))} or {RunDown.Lengths[^1]} minutes.");
        if (HostClock.Find(clock) is not { } zone)
            return Output.Fail(ExitCode.Usage, $"--clock {clock}: there is no such time zone; write one such as Europe/London.");
        var format = path is null ? SheetFormat.Markdown : SheetFormats.OfFile(path);
        if (format is null)
            return Output.Fail(ExitCode.Usage, $"--output {path}: the extension says no format; there are .md, .notes.md, .docx, .html and .json.");
        try
        {
            using var library = KnowledgeBase.OpenReadOnly(Locations.DataDirectory());
            var request = what.Length == 1 && library.Catalogue.Episode(what[0]) is { } episode
                ? new PrepRequest { Episode = episode.Slug, Minutes = minutes, Clock = zone }
                : new PrepRequest { Incidents = what, Minutes = minutes, Clock = zone };
            var notices = new List<string>();
            if (what.Length > PrepStore.MostRecords)
                return Output.Fail(ExitCode.Usage, $"A sheet tells at most {PrepStore.MostRecords} records; there are {what.Length}.");
            var sheet = request.Compose(library, notices);
            if (sheet is null || notices.Count > 0)
                return Output.Fail(ExitCode.DataProblems, sheet is null && what.Length == 1 ? $"There is neither an episode nor a record “{what[0]}”." : string.Join(' ', notices));
            if (show == Show.Judged)
                Judge(sheet);
            else if (show == Show.Script)
                Script(sheet);
            else
                Write(sheet, format.Value, path, baseUrl, json);
            return ExitCode.Done;
        }
        catch (DatabaseUnusableException e)
        {
            return Output.Fail(ExitCode.Unusable, e.Message);
        }
    }

    private static void Judge(PrepSheet sheet)
    {
        var sentences = ReadAloud.Judge(sheet);
        Console.WriteLine($"# {sheet.Title}, {sheet.Minutes} minutes, sentence by sentence\n");
        Console.WriteLine($"{Output.Count(sentences.Count, "sentence")}, {sentences.Count(s => s.Findings.Count > 0)} with a finding. Held against: one idea, at most {ReadAloud.MostWords} words, nothing that can't be spoken, numbers in words.\n");
        Console.WriteLine("| | block | words | sentence | finding |\n| --- | --- | --- | --- | --- |");
        foreach (var (s, i) in sentences.Select((s, i) => (s, i + 1)))
            Console.WriteLine($"| {i} | {s.Block} | {s.Words} | {SheetMarkdown.Escape(s.Text)} | {SheetMarkdown.Escape(string.Join(", ", s.Findings))} |");
    }

    private static void Script(PrepSheet sheet)
    {
        foreach (var s in sheet.Blocks.SelectMany(b => b.Parts).SelectMany(p => p.Statements).Where(s => !s.Silent))
            Console.WriteLine(s.Script);
    }

    private static void Write(PrepSheet sheet, SheetFormat format, string? path, string baseUrl, bool json)
    {
        if (path is null)
        {
            Console.Write(json ? JsonSerializer.Serialize(sheet, JsonText.Indented) + "\n" : SheetMarkdown.Write(sheet, baseUrl));
            return;
        }

        File.WriteAllBytes(path, SheetFormats.Write(sheet, format, baseUrl));
        if (json)
            Output.Json(new { path, minutes = sheet.Minutes, readingSeconds = Math.Round(sheet.ReadingSeconds), statements = sheet.Statements.Count() });
        else
            Console.WriteLine($"{SheetWords.Audit(sheet)} Written to {path}");
    }
}
