using System.Diagnostics;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Submissions;

namespace IncidentDb.Tests.Submissions;

/// <summary>What is asked with every pause of somebody who types.</summary>
[Collection(nameof(Alone))]
public sealed class DuplicateFinderTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly KnowledgeBase _library;

    public DuplicateFinderTests()
    {
        _library = KnowledgeBase.Open(_directory["var"], "a test", new FakeTime());
        _library.Import(DataFolder.Open(Path.Combine(Clone.Root, "data")));
    }

    public void Dispose()
    {
        _library.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_record_typed_again_is_found_first_by_words_by_day_and_by_address_and_in_little_time()
    {
        var times = new List<double>();
        foreach (var incident in _library.Incidents.All().Select(s => _library.Incidents.Find(s.Slug)!.Incident).Where(i => !i.IsCaseStudy))
        {
            var title = FormFields.Empty.With("title", incident.Title);
            var day = title.With([new("companies[0].key", incident.Companies.FirstOrDefault()?.Slug ?? ""), new("started", incident.Started is null ? "" : WhenText.Write(incident.Started.At))]);
            var whole = day.With([.. incident.Sources.Select((s, i) => KeyValuePair.Create($"sources[{i}].url", s.Url ?? ""))]);
            foreach (var form in new[] { title, day, whole })
            {
                var began = Stopwatch.GetTimestamp();
                var found = DuplicateFinder.Find(_library, form);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (form == whole)
                    found[0].Slug.ShouldBe(incident.Slug);
                else if (Traits.Of(incident).Words.Count >= 4 && form == day)
                    found.Select(f => f.Slug).ShouldContain(incident.Slug);
            }
        }

        times.Sort();
        var (median, late) = (times[times.Count / 2], times[(int)(times.Count * 0.99)]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{times.Count} looks among {_library.Search.Count} records: median {median:0.00} ms, 99 % within {late:0.00} ms");
        median.ShouldBeLessThan(20, "it is asked with every pause");
    }

    [Fact]
    public void Whatever_stands_in_a_field_is_no_fault()
    {
        foreach (var started in new[] { "0001-01-01", "9999-12-31", "2021-13-45", "../../x" })
            DuplicateFinder.Find(_library, new FormFields([new("title", "\") OR *:* AND (\""), new("started", started), new("companies[0].key", "google"), new("companies[399].key", "«»"), new("sources[0].url", "javascript:alert(1)")])).Count.ShouldBeLessThan(6, started);
    }
}
