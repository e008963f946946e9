using IncidentDb.Accounts;
using IncidentDb.Import;
using IncidentDb.Records;
using IncidentDb.Search;
using IncidentDb.Submissions;

namespace IncidentDb.Tests.Submissions;

/// <summary>The rules of review, asked of the desk itself: pages and programs have no others.</summary>
public sealed class SubmissionDeskTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTime _time = new();
    private readonly KnowledgeBase _library;
    private readonly SubmissionDesk _desk;

    public SubmissionDeskTests()
    {
        Libraries.Folder(_directory, 5);
        _library = KnowledgeBase.Open(_directory["var"], "a test", _time);
        _library.Import(DataFolder.Open(_directory.Path));
        _desk = new SubmissionDesk(_library, fourEyes: true, _time);
    }

    public void Dispose()
    {
        _library.Dispose();
        _directory.Dispose();
    }

    private Actor New(string role)
    {
        var name = $"a{Guid.NewGuid():N}"[..12];
        var account = new Account { Name = name, NormalizedName = AccountRules.Normalize(name), CreditName = name, Role = role, SecurityStamp = Secret.New(), CreatedAt = _time.Now };
        _library.Accounts.Create(account).ShouldBeTrue();
        return new Actor(account.Id, role != Roles.Contributor);
    }

    private Submission SentEdit(Actor author, string slug, params (string Field, string Value)[] changes)
    {
        var (draft, _) = _desk.Begin(author, null, slug)!.Value;
        _desk.Save(draft.Id, author, draft.Form.With(changes.Select(c => KeyValuePair.Create(c.Field, c.Value))), "a test", draft.Version).IsDone.ShouldBeTrue();
        var answer = _desk.Send(draft.Id, author);
        answer.IsDone.ShouldBeTrue($"{answer.Sentence} {string.Join("; ", answer.Problems)}");
        return answer.Submission!;
    }

    private Submission SentRecord(Actor author, string slug, int n)
    {
        var (draft, _) = _desk.Begin(author, FormFields.Empty.With(FormFields.Text, Sample.Minimal(n)).With(RecordForm.Slug, slug))!.Value;
        foreach (var alike in DuplicateFinder.Find(_library, _desk.Read(draft).Incident!))
            _desk.Judge(draft.Id, author, new SubmissionMatch(alike.Slug, "different", "made for a test"));
        var answer = _desk.Send(draft.Id, author);
        answer.IsDone.ShouldBeTrue($"{answer.Sentence} {string.Join("; ", answer.Problems)}");
        return answer.Submission!;
    }

    private int Total(string words) => _library.Search.Search(new SearchQuery { Text = words }, _library.SearchOptions()).Total;

    [Fact]
    public void Accepting_publishes_in_one_transaction_and_search_has_it_at_once()
    {
        var (author, reviewer) = (New(Roles.Contributor), New(Roles.Reviewer));
        var before = Total("");
        var sent = SentRecord(author, "a-new-one", 77);
        Total("").ShouldBe(before);
        _desk.Accept(sent.Id, reviewer, sent.Version, 0).IsDone.ShouldBeTrue();
        Total("").ShouldBe(before + 1);
        var change = _library.Changes.Of(Noun.Incident, "a-new-one").Single();
        change.Who.ShouldBe(author.Name);
        var submission = _desk.Store.Find(sent.Id)!;
        (submission.Status, submission.ChangeSeq, submission.ReviewerId).ShouldBe(("accepted", change.Seq, reviewer.AccountId));
        _desk.Acts.Of(sent.Id).Select(a => (a.What, a.Who)).ShouldBe([("submitted", author.Name), ("accepted", reviewer.Name)]);
    }

    [Fact]
    public void Nobody_decides_on_what_they_wrote_unless_the_site_says_so()
    {
        var reviewer = New(Roles.Reviewer);
        var sent = SentEdit(reviewer, "record-1", ("title", "Another title for this record"));
        foreach (var answer in new[] { _desk.Claim(sent.Id, reviewer), _desk.Accept(sent.Id, reviewer), _desk.Reject(sent.Id, reviewer, "no"), _desk.RequestChanges(sent.Id, reviewer, "no") })
            answer.Outcome.ShouldBe(DeskOutcome.Refused);
        new SubmissionDesk(_library, fourEyes: false, _time).Accept(sent.Id, reviewer).IsDone.ShouldBeTrue();
    }

    [Fact]
    public void A_contributor_decides_nothing_and_sees_nothing_of_others()
    {
        var (author, other) = (New(Roles.Contributor), New(Roles.Contributor));
        var sent = SentEdit(author, "record-1", ("title", "Another title for this record"));
        _desk.Find(sent.Id, other).ShouldBeNull();
        _desk.Accept(sent.Id, author).Outcome.ShouldBe(DeskOutcome.Refused);
        foreach (var answer in new[] { _desk.Claim(sent.Id, other), _desk.Accept(sent.Id, other), _desk.Reject(sent.Id, other, "x"), _desk.Withdraw(sent.Id, other), _desk.Comment(sent.Id, other, "", "x"), _desk.Save(sent.Id, other, FormFields.Empty, "", null) })
            answer.Outcome.ShouldBe(DeskOutcome.Missing);
        var (draft, _) = _desk.Begin(author, null, "record-2")!.Value;
        _desk.Find(draft.Id, New(Roles.Admin)).ShouldBeNull();
    }

    [Fact]
    public void What_was_claimed_is_not_claimed_twice_and_can_be_put_back()
    {
        var (author, one, two) = (New(Roles.Contributor), New(Roles.Reviewer), New(Roles.Reviewer));
        var sent = SentEdit(author, "record-1", ("title", "Another title for this record"));
        _desk.Claim(sent.Id, one).IsDone.ShouldBeTrue();
        _desk.Claim(sent.Id, two).Outcome.ShouldBe(DeskOutcome.Refused);
        _desk.Release(sent.Id, two).IsDone.ShouldBeTrue();
        _desk.Claim(sent.Id, two).IsDone.ShouldBeTrue();
        _desk.Reject(sent.Id, two, "").Outcome.ShouldBe(DeskOutcome.Invalid);
        _desk.Reject(sent.Id, two, "Not in the source").IsDone.ShouldBeTrue();
        var kept = _desk.Find(sent.Id, author)!;
        (kept.Status, kept.Form["title"]).ShouldBe(("rejected", "Another title for this record"));
        _desk.Acts.Of(sent.Id).Select(a => a.What).ShouldBe(["submitted", "claimed", "released", "claimed", "rejected"]);
        _desk.Acts.Of(sent.Id)[^1].Reason.ShouldBe("Not in the source");
        _desk.Reopen(sent.Id, author).Submission!.Status.ShouldBe("draft");
    }

    [Fact]
    public async Task Of_fifty_reviewers_who_accept_at_once_one_does_and_the_record_has_one_revision()
    {
        var author = New(Roles.Contributor);
        var reviewers = Enumerable.Range(0, 50).Select(_ => New(Roles.Reviewer)).ToList();
        var sent = SentEdit(author, "record-1", ("title", "Another title for this record"));
        var answers = await Task.WhenAll(reviewers.Select(r => Task.Run(() => _desk.Accept(sent.Id, r, sent.Version))));
        answers.Count(a => a.IsDone).ShouldBe(1);
        answers.Where(a => !a.IsDone).ShouldAllBe(a => a.Outcome == DeskOutcome.Refused || a.Outcome == DeskOutcome.Stale);
        _library.Records.Find(Noun.Incident, "record-1")!.Revision.ShouldBe(2);
        _desk.Acts.Of(sent.Id).Count(a => a.What == "accepted").ShouldBe(1);
    }

    [Fact]
    public async Task Twenty_edits_of_one_record_accepted_at_once_lose_no_update()
    {
        var reviewer = New(Roles.Reviewer);
        // Ten in one place, ten in places of their own.
        var edits = Enumerable.Range(0, 20).Select(i => SentEdit(New(Roles.Contributor), "record-1", i < 10
            ? [("title", $"Title number {i} of this record")]
            : [("same_as[0].key", $"catalogue-{i}"), ("same_as[0].value", $"entry {i}")])).ToList();
        var pending = edits.Select(e => e.Id).ToList();
        // A reviewer who was told that the record moved on looks again and accepts again.
        for (var round = 0; round < 25 && pending.Count > 0; round++)
        {
            var answers = await Task.WhenAll(pending.Select(id => Task.Run(() => (id, Answer: _desk.Accept(id, reviewer)))));
            var settled = answers.Where(a => a.Answer.IsDone).Select(a => a.id).ToHashSet();
            var conflicts = pending.Where(id => !settled.Contains(id) && _desk.Review(_desk.Store.Find(id)!).Conflicts.Count > 0).ToHashSet();
            pending.RemoveAll(id => settled.Contains(id) || conflicts.Contains(id));
        }

        var record = _library.Records.Find(Noun.Incident, "record-1")!;
        var accepted = edits.Select(e => _desk.Store.Find(e.Id)!).Where(s => s.Status == "accepted").ToList();
        record.Revision.ShouldBe(1 + accepted.Count);
        var now = _desk.FormOf("record-1", record.Content);
        // Everything that was accepted and not changed again by a later one stands in the record; the others are refused, not lost.
        accepted.Count(s => s.Form["title"].StartsWith("Title number", StringComparison.Ordinal)).ShouldBe(1);
        foreach (var edit in accepted.Where(s => s.Form["same_as[0].key"].Length > 0))
            now.All.ShouldContain(f => f.Value == edit.Form["same_as[0].key"]);
        accepted.Count.ShouldBeGreaterThanOrEqualTo(11);
        foreach (var waiting in edits.Select(e => _desk.Store.Find(e.Id)!).Where(s => s.Status != "accepted"))
            _desk.Review(waiting).Conflicts.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_concurrent_edit_is_shown_field_by_field_and_settled_by_its_author()
    {
        var (one, two, reviewer) = (New(Roles.Contributor), New(Roles.Contributor), New(Roles.Reviewer));
        var first = SentEdit(one, "record-1", ("title", "The title of the first"));
        var second = SentEdit(two, "record-1", ("title", "The title of the second"), ("tags", "second"));
        _desk.Accept(first.Id, reviewer).IsDone.ShouldBeTrue();
        var refused = _desk.Accept(second.Id, reviewer);
        refused.Outcome.ShouldBe(DeskOutcome.Stale);
        _desk.Review(_desk.Store.Find(second.Id)!).Conflicts.Select(c => (c.Name, c.Theirs, c.Mine)).ShouldBe([("title", "The title of the first", "The title of the second")]);
        _desk.Rebase(second.Id, two, new Dictionary<string, string>(), 2).Problems.Select(p => p.Field).ShouldBe(["choice-title"]);
        _desk.Rebase(second.Id, reviewer, new Dictionary<string, string> { ["title"] = "mine" }, 2).IsDone.ShouldBeFalse();
        _desk.Rebase(second.Id, two, new Dictionary<string, string> { ["title"] = "theirs" }, 2).IsDone.ShouldBeTrue();
        _desk.Accept(second.Id, reviewer, second.Version).Outcome.ShouldBe(DeskOutcome.Stale, "the reviewer saw the version before");
        _desk.Accept(second.Id, reviewer).IsDone.ShouldBeTrue();
        var record = _library.Incidents.Find("record-1")!.Incident;
        (record.Title, record.Tags).ShouldSatisfyAllConditions(r => r.Title.ShouldBe("The title of the first"), r => r.Tags.ShouldContain("second"));
    }

    [Fact]
    public void A_new_account_has_five_waiting_and_is_told_so_without_losing_the_sixth()
    {
        var (author, reviewer) = (New(Roles.Contributor), New(Roles.Reviewer));
        var sent = Enumerable.Range(0, SubmissionDesk.MaxWaiting).Select(i => SentEdit(author, $"record-{i + 1}", ("tags", $"tag-{i}"))).ToList();
        var (sixth, _) = _desk.Begin(author, null, "record-1")!.Value;
        _desk.Save(sixth.Id, author, sixth.Form.With("tags", "sixth"), "why", null).IsDone.ShouldBeTrue();
        _desk.Send(sixth.Id, author).Outcome.ShouldBe(DeskOutcome.TooMany);
        _desk.Find(sixth.Id, author)!.Form["tags"].ShouldBe("sixth");
        foreach (var one in sent.Take(SubmissionDesk.TrustedAfter))
            _desk.Accept(one.Id, reviewer).IsDone.ShouldBeTrue();
        _desk.Send(sixth.Id, author).IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Without_an_account_the_key_of_the_link_is_the_author_and_nothing_else_is()
    {
        var nobody = new Actor(null, false);
        var (draft, key) = _desk.Begin(nobody, null, "record-1")!.Value;
        _desk.Find(draft.Id, nobody).ShouldBeNull();
        _desk.Find(draft.Id, new Actor(null, false, Secret.New())).ShouldBeNull();
        var author = new Actor(null, false, key);
        _desk.Save(draft.Id, author, draft.Form.With("tags", "by-nobody"), "why", draft.Version).IsDone.ShouldBeTrue();
        _desk.Send(draft.Id, author).IsDone.ShouldBeTrue();
        _desk.Accept(draft.Id, New(Roles.Reviewer)).IsDone.ShouldBeTrue();
        _library.Changes.Of(Noun.Incident, "record-1")[0].Who.ShouldBe(Who.Anonymous);
    }

    [Fact]
    public void A_merged_record_leads_on_and_a_withdrawn_one_leaves_its_reason_and_an_import_brings_neither_back()
    {
        var before = Total("");
        _library.Merge("record-1", "record-1", "x", "y").ShouldBeFalse();
        _library.Merge("record-1", "record-2", "account:1", "The same event").ShouldBeTrue();
        _library.Merge("record-2", "record-3", "account:1", "The same event").ShouldBeTrue();
        _library.Records.Redirect(Noun.Incident, "record-1").ShouldBe("record-3");
        _library.Withdraw("record-4", "account:1", "Not an incident").ShouldBeTrue();
        _library.Withdraw("record-4", "account:1", "again").ShouldBeFalse();
        Total("").ShouldBe(before - 3);
        _library.Incidents.Find("record-4").ShouldBeNull();
        _library.Changes.Of(Noun.Incident, "record-4")[0].ShouldSatisfyAllConditions(c => c.Act.ShouldBe("withdrawn"), c => c.Why.ShouldBe("Not an incident"));
        _library.Import(DataFolder.Open(_directory.Path)).ShouldSatisfyAllConditions(r => r.Added.ShouldBe(0), r => r.Changed.ShouldBe(0), r => r.Conflicts.ShouldBeEmpty());
        Total("").ShouldBe(before - 3);
        _library.Republish("record-1", "account:1", "Two events after all")!.ShouldNotContain(p => p.IsError);
        _library.Records.Redirect(Noun.Incident, "record-1").ShouldBeNull();
        _library.Changes.Of(Noun.Incident, "record-1")[0].Act.ShouldBe("restored");
        Total("").ShouldBe(before - 2);
        using var fresh = KnowledgeBase.OpenReadOnly(_directory["var"], _time);
        fresh.Searched().ShouldBe(_library.Searched());
    }

    [Fact]
    public void The_log_of_acts_cannot_be_edited()
    {
        var sent = SentEdit(New(Roles.Contributor), "record-1", ("tags", "a-tag"));
        foreach (var sql in new[] { "update acts set who = 'x'", "delete from acts", "update submission_texts set form = '{}'", "delete from submission_texts" })
            Should.Throw<Exception>(() => _library.Database.Write(c => Dapper.SqlMapper.Execute(c, sql))).Message.ShouldContain("append-only");
        _desk.Acts.Of(sent.Id).ShouldNotBeEmpty();
        _desk.Acts.FirstBrokenLink().ShouldBeNull();
    }
}
