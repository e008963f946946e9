using IncidentDb.Accounts;
using IncidentDb.Companies;
using IncidentDb.Export;
using IncidentDb.Import;
using IncidentDb.Records;
using IncidentDb.Submissions;

namespace IncidentDb.Tests.Submissions;

/// <summary>Corrections of companies, patterns and episodes go through the same states, by the same rules, as those of incidents.</summary>
public sealed class NounCorrectionTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTime _time = new();
    private readonly KnowledgeBase _library;
    private readonly SubmissionDesk _desk;

    public NounCorrectionTests()
    {
        Libraries.Folder(_directory, 2);
        _library = KnowledgeBase.Open(_directory["var"], "a test", _time);
        _library.Import(DataFolder.Open(_directory.Path));
        _desk = new SubmissionDesk(_library, fourEyes: true, _time);
    }

    public void Dispose()
    {
        _library.Dispose();
        _directory.Dispose();
    }

    /// <summary>A noun, a record of it, a field with a new value, and a field whose value the rules refuse.</summary>
    public static TheoryData<Noun, string, string, string, string, string> Nouns => new()
    {
        { Noun.Company, "undisclosed", "about", "Companies that a report does not name.", "sector", "nosuch" },
        { Noun.Pattern, "canary-release", "sections.solution", "Give a change to a few first, and look.", "tier", "nosuch" },
        { Noun.Episode, "the-flag", "title", "Another title for the flag", "incidents[0].key", "no-such-record" },
    };

    private Actor New(string role)
    {
        var name = $"a{Guid.NewGuid():N}"[..12];
        var account = new Account { Name = name, NormalizedName = AccountRules.Normalize(name), CreditName = name, Role = role, SecurityStamp = Secret.New(), CreatedAt = _time.Now };
        _library.Accounts.Create(account).ShouldBeTrue();
        return new Actor(account.Id, role != Roles.Contributor);
    }

    private Submission Draft(Actor author, Noun noun, string slug) => _desk.Begin(author, null, slug, "", noun)!.Value.Draft;

    private Submission Sent(Actor author, Noun noun, string slug, params (string Field, string Value)[] changes)
    {
        var draft = Draft(author, noun, slug);
        _desk.Save(draft.Id, author, draft.Form.With(changes.Select(c => KeyValuePair.Create(c.Field, c.Value))), "a test", draft.Version).IsDone.ShouldBeTrue();
        var answer = _desk.Send(draft.Id, author);
        answer.IsDone.ShouldBeTrue($"{answer.Sentence} {string.Join("; ", answer.Problems)}");
        return answer.Submission!;
    }

    private string Content(Noun noun, string slug) => _library.Records.Find(noun, slug)!.Content;

    [Theory]
    [MemberData(nameof(Nouns))]
    public void A_correction_goes_through_the_states_and_is_published_with_its_change_and_credit(Noun noun, string slug, string field, string value, string wrong, string bad)
    {
        var (author, reviewer) = (New(Roles.Contributor), New(Roles.Reviewer));
        var before = Content(noun, slug);
        var draft = Draft(author, noun, slug);
        (draft.Noun, draft.RecordSlug, draft.BaseRevision, draft.IsCorrection).ShouldBe((noun, slug, 1, true));
        draft.Title.ShouldNotBeEmpty();

        // What the rules refuse is kept as a draft and not sent; nothing typed is lost.
        _desk.Save(draft.Id, author, draft.Form.With(wrong, bad).With(field, value), "Wrong at first", draft.Version).IsDone.ShouldBeTrue();
        var refused = _desk.Send(draft.Id, author);
        refused.Outcome.ShouldBe(DeskOutcome.Invalid);
        refused.Problems.Where(p => p.IsError).Select(p => p.Field).ShouldContain(f => f.StartsWith(wrong.Split('[')[0], StringComparison.Ordinal));
        var kept = _desk.Find(draft.Id, author)!;
        (kept.Status, kept.Form[wrong], kept.Form[field], kept.Why).ShouldBe(("draft", bad, value, "Wrong at first"));

        // Without a reason it is not sent either.
        _desk.Save(draft.Id, author, draft.Form.With(field, value), "", kept.Version).IsDone.ShouldBeTrue();
        _desk.Send(draft.Id, author).Problems.ShouldContain(p => p.Rule == "why-missing");
        _desk.Save(draft.Id, author, draft.Form.With(field, value), "It was wrong", null).IsDone.ShouldBeTrue();
        var sent = _desk.Send(draft.Id, author).Submission!;
        sent.Status.ShouldBe("submitted");
        _desk.Find(draft.Id, New(Roles.Contributor)).ShouldBeNull("what waits is seen by nobody else");
        _desk.Store.Queue(SubmissionStatus.Waiting).Select(s => (s.Id, s.Noun)).ShouldBe([(sent.Id, noun)]);
        Content(noun, slug).ShouldBe(before);

        // Claimed, asked for changes, sent again.
        _desk.Accept(sent.Id, author).Outcome.ShouldBe(DeskOutcome.Refused);
        _desk.Claim(sent.Id, reviewer).Submission!.Status.ShouldBe("in_review");
        _desk.Comment(sent.Id, reviewer, field, "Are you sure?").IsDone.ShouldBeTrue();
        _desk.RequestChanges(sent.Id, reviewer, "").Submission!.Status.ShouldBe("changes_requested");
        _desk.Send(sent.Id, author).Submission!.Status.ShouldBe("in_review");

        // Its difference is that one place; accepting publishes it.
        var review = _desk.Review(_desk.Store.Find(sent.Id)!);
        review.Changes.Select(c => (c.Name, c.After)).ShouldBe([(field, value)]);
        _desk.Accept(sent.Id, reviewer, null, 1).IsDone.ShouldBeTrue();
        Content(noun, slug).ShouldNotBe(before);
        Content(noun, slug).ShouldContain(value);
        var catalogue = _library.Catalogue;
        (noun switch
        {
            Noun.Company => catalogue.Company(slug)!.About,
            Noun.Pattern => catalogue.Pattern(slug)!.Section("solution"),
            _ => catalogue.Episode(slug)!.Title,
        }).ShouldBe(value);
        var change = _library.Changes.Of(noun, slug)[0];
        (change.Act, change.Who, change.Why, change.BeforeRevision, change.AfterRevision).ShouldBe(("changed", author.Name, "It was wrong", 1, 2));
        KnowledgeBase.ContributorsTo(_library.Changes.Of(noun, slug)).ShouldBe([author.Name]);
        _desk.Store.Find(sent.Id)!.ShouldSatisfyAllConditions(s => s.Status.ShouldBe("accepted"), s => s.ChangeSeq.ShouldBe(change.Seq));
        _desk.Acts.Of(sent.Id).Select(a => a.What).ShouldBe(["submitted", "claimed", "changes_requested", "submitted", "accepted"]);
        _library.Changes.FirstBrokenLink().ShouldBeNull();
        _library.Search.Seq.ShouldBe(change.Seq, "search has followed");

        // The accepted text is in what is exported, and an import of the old file does not undo it.
        DataExport.Write(_library.Records, _directory["out"]);
        File.ReadAllText(Path.Combine(_directory["out"], DataFolder.PathOf(noun, slug))).ShouldBe(Content(noun, slug));
        _library.Import(DataFolder.Open(_directory.Path)).ShouldSatisfyAllConditions(r => r.Changed.ShouldBe(0), r => r.Conflicts.ShouldBeEmpty());
        Content(noun, slug).ShouldContain(value);

        // An earlier revision comes back as a correction like any other.
        var (restoring, _) = _desk.Begin(author, _desk.FormOf(slug, _library.Changes.Revision(change.RecordId, 1)!, noun), slug, "Restores revision 1", noun)!.Value;
        _desk.Send(restoring.Id, author).IsDone.ShouldBeTrue();
        _desk.Accept(restoring.Id, reviewer).IsDone.ShouldBeTrue();
        Content(noun, slug).ShouldBe(before);
        _library.Changes.Of(noun, slug)[0].Act.ShouldBe("restored");
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void Where_two_changed_the_same_the_author_chooses_and_nothing_is_overwritten(Noun noun, string slug, string field, string value, string wrong, string bad)
    {
        wrong.ShouldNotBe(field);
        bad.ShouldNotBeEmpty();
        var (one, two, reviewer) = (New(Roles.Contributor), New(Roles.Contributor), New(Roles.Reviewer));
        var title = NounFormat.Of(noun).TitleKey;
        var beside = title == field ? "number" : title;
        var first = Sent(one, noun, slug, (field, "What the first wrote."));
        var second = Sent(two, noun, slug, (field, value), (beside, "77"));
        _desk.Accept(first.Id, reviewer).IsDone.ShouldBeTrue();
        _desk.Accept(second.Id, reviewer).Outcome.ShouldBe(DeskOutcome.Stale);
        Content(noun, slug).ShouldContain("What the first wrote.");
        var conflict = _desk.Review(_desk.Store.Find(second.Id)!).Conflicts.Single();
        (conflict.Name, conflict.Theirs, conflict.Mine).ShouldBe((field, "What the first wrote.", value));
        _desk.Rebase(second.Id, two, new Dictionary<string, string>(), 2).Problems.Select(p => p.Field).ShouldBe([$"choice-{field}"]);
        _desk.Rebase(second.Id, two, new Dictionary<string, string> { [field] = "theirs" }, 2).IsDone.ShouldBeTrue();
        _desk.Accept(second.Id, reviewer).IsDone.ShouldBeTrue();
        var now = _desk.FormOf(slug, Content(noun, slug), noun);
        (now[field], now[beside]).ShouldBe(("What the first wrote.", "77"));
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void A_text_is_taken_as_it_is_and_compared_part_by_part(Noun noun, string slug, string field, string value, string wrong, string bad)
    {
        wrong.ShouldNotBe(field);
        bad.ShouldNotBeEmpty();
        var (author, reviewer) = (New(Roles.Contributor), New(Roles.Reviewer));
        var there = _desk.FormOf(slug, Content(noun, slug), noun);
        var text = FormReading.Of(there.With(field, value), slug, _library.Context(), noun).Text!;
        var (draft, _) = _desk.Begin(author, FormFields.Empty.With(FormFields.Text, text), slug, "as a file", noun)!.Value;
        draft.Title.ShouldNotBeEmpty();
        _desk.Review(draft).Changes.Select(c => (c.Name, c.After)).ShouldBe([(field, value)]);
        _desk.Send(draft.Id, author).IsDone.ShouldBeTrue();
        _desk.Accept(draft.Id, reviewer).IsDone.ShouldBeTrue();
        Content(noun, slug).ShouldBe(text);
    }

    [Fact]
    public void Aliases_that_two_put_in_are_both_published_without_a_question()
    {
        var reviewer = New(Roles.Reviewer);
        var first = Sent(New(Roles.Contributor), Noun.Pattern, "canary-release", ("aliases", "canary\nGradual release"));
        var second = Sent(New(Roles.Contributor), Noun.Pattern, "canary-release", ("aliases", "Staged release\ncanary"));
        _desk.Accept(first.Id, reviewer).IsDone.ShouldBeTrue();
        _desk.Accept(second.Id, reviewer).IsDone.ShouldBeTrue();
        _library.Catalogue.Pattern("canary-release")!.Aliases.ShouldBe(["Staged release", "canary", "Gradual release"]);
    }

    [Fact]
    public void A_name_that_stands_for_another_record_is_refused()
    {
        var author = New(Roles.Contributor);
        var draft = Draft(author, Noun.Pattern, "canary-release");
        _desk.Save(draft.Id, author, draft.Form.With("aliases", "canary\nKill switch"), "why", draft.Version).IsDone.ShouldBeTrue();
        var refused = _desk.Send(draft.Id, author);
        refused.Problems.Where(p => p.IsError).Select(p => (p.Rule, p.Field)).ShouldBe([("name-taken", "aliases")]);
        refused.Problems[0].Sentence.ShouldContain("“Kill switch” stands for the pattern “kill-switch” already.");
        _desk.Save(draft.Id, author, draft.Form.With("aliases", "canary\ncanary rollout"), "why", null).IsDone.ShouldBeTrue();
        _desk.Send(draft.Id, author).IsDone.ShouldBeTrue();
        _desk.Accept(draft.Id, New(Roles.Reviewer)).IsDone.ShouldBeTrue();
        _library.Catalogue.Resolve(Noun.Pattern, "canary rollout").ShouldBe("canary-release");
    }

    [Fact]
    public async Task Of_two_acceptances_at_the_same_instant_that_give_one_alias_to_two_one_is_refused()
    {
        var (author, reviewer) = (New(Roles.Contributor), New(Roles.Reviewer));
        for (var round = 0; round < 10; round++)
        {
            // Written otherwise it is the same name still.
            var (name, same) = ($"Zeta switch {round}", $"zeta-SWITCH-{round}");
            Submission[] sent =
            [
                Sent(author, Noun.Pattern, "canary-release", ("aliases", $"canary\n{name}")),
                Sent(author, Noun.Pattern, "kill-switch", ("aliases", round % 2 == 0 ? name : same)),
            ];
            var answers = await AtOnce(sent.Select(s => (Func<DeskAnswer>)(() => _desk.Accept(s.Id, reviewer))));
            answers.Count(a => a.IsDone).ShouldBe(1, string.Join("; ", answers.Select(a => a.Sentence)));
            var refused = answers.Single(a => !a.IsDone);
            refused.Outcome.ShouldBe(DeskOutcome.Invalid);
            refused.Problems.Select(p => (p.Rule, p.Field)).ShouldBe([("name-taken", "aliases")]);
            refused.Problems[0].Sentence.ShouldContain("already");

            // One record has it; the other's correction waits as it was sent.
            new[] { "canary-release", "kill-switch" }.Count(slug => Content(Noun.Pattern, slug).Contains($" {round}", StringComparison.Ordinal) || Content(Noun.Pattern, slug).Contains($"-{round}", StringComparison.Ordinal)).ShouldBe(1);
            var other = sent.Single(s => s.Id == refused.Submission!.Id);
            _desk.Store.Find(other.Id)!.ShouldSatisfyAllConditions(s => s.Status.ShouldBe("submitted"), s => s.Form.All.ShouldBe(other.Form.All));
            _desk.Reject(other.Id, reviewer, "The name is taken").IsDone.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Of_two_that_add_one_company_at_the_same_instant_or_give_its_name_away_one_does()
    {
        var (author, reviewer) = (New(Roles.Contributor), New(Roles.Reviewer));
        Company Of(string slug, string name) => new() { Slug = slug, Name = name };
        bool Adds(Company company) => !_library.AddCompany(company, reviewer.Name, "needed").Any(p => p.IsError);
        (await AtOnce<bool>([() => Adds(Of("zeta-works", "Zeta Works")), () => Adds(Of("zeta-works", "The Works of Zeta"))])).Count(done => done).ShouldBe(1, "one slug");
        _library.Records.Find(Noun.Company, "zeta-works")!.Revision.ShouldBe(1);
        (await AtOnce<bool>([() => Adds(Of("eta-one", "Eta")), () => Adds(Of("eta-two", "ETA"))])).Count(done => done).ShouldBe(1, "one name");

        var alias = Sent(author, Noun.Company, "undisclosed", ("aliases", "Theta"));
        (await AtOnce<bool>([() => Adds(Of("theta", "Theta")), () => _desk.Accept(alias.Id, reviewer).IsDone])).Count(done => done).ShouldBe(1, "a name and an alias");
        Adds(Of("iota", "Zeta works")).ShouldBeFalse();
    }

    /// <summary>
    /// Acts that have all looked before the first of them writes: the writer is held until each waits for it. All have threads of their own: a pool that
    /// others keep busy may begin the second when the first has given up waiting.
    /// </summary>
    private async Task<List<T>> AtOnce<T>(IEnumerable<Func<T>> acts)
    {
        static Task<TResult> OnItsOwn<TResult>(Func<TResult> act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        using var held = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var writer = OnItsOwn(() => _library.Database.Write(_ =>
        {
            held.Set();
            release.Wait();
            return true;
        }));
        held.Wait(TestContext.Current.CancellationToken);
        var acting = acts.Select(OnItsOwn).ToList();
        while (_library.Database.WritersWaiting < acting.Count && !acting.Any(a => a.IsCompleted))
            await Task.Delay(1, TestContext.Current.CancellationToken);
        release.Set();
        await writer;
        return [.. await Task.WhenAll(acting)];
    }

    [Fact]
    public void There_is_nothing_to_begin_for_what_is_not_there()
    {
        foreach (var noun in new[] { Noun.Company, Noun.Pattern, Noun.Episode })
        {
            _desk.Begin(New(Roles.Contributor), null, "nowhere", "", noun).ShouldBeNull();
            _desk.Begin(New(Roles.Contributor), null, "record-1", "", noun).ShouldBeNull("a slug of another noun is none of this");
        }
    }
}
