using Dapper;
using IncidentDb.Accounts;
using IncidentDb.Import;
using IncidentDb.Records;
using IncidentDb.Submissions;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Tests.Accounts;

/// <summary>An act under a key and the answer that is kept of it are there together, or neither is.</summary>
public sealed class IdempotencyStoreTests : IDisposable
{
    private const string Key = "one-key";
    private readonly TempDirectory _directory = new();
    private readonly FakeTime _time = new();
    private readonly KnowledgeBase _library;
    private readonly SubmissionDesk _desk;
    private readonly IdempotencyStore _store;
    private readonly Actor _author;
    private readonly Actor _reviewer;
    private readonly long _token;

    public IdempotencyStoreTests()
    {
        Libraries.Folder(_directory, 3);
        _library = KnowledgeBase.Open(_directory["var"], "a test", _time);
        _library.Import(DataFolder.Open(_directory.Path));
        _desk = new SubmissionDesk(_library, fourEyes: true, _time);
        _store = new IdempotencyStore(_library.Database);
        (_author, _reviewer) = (New(Roles.Contributor), New(Roles.Reviewer));
        _token = _library.Tokens.Create(_library.Accounts.Find(_author.AccountId!.Value)!, "a test", [Scopes.Submit], TimeSpan.FromDays(2), _time.Now)!.Value.Token.Id;
    }

    public void Dispose()
    {
        _library.Dispose();
        _directory.Dispose();
    }

    private Actor New(string role)
    {
        var account = new Account { Name = role, NormalizedName = AccountRules.Normalize(role), CreditName = role, Role = role, SecurityStamp = Secret.New(), CreatedAt = _time.Now };
        _library.Accounts.Create(account).ShouldBeTrue();
        return new Actor(account.Id, role != Roles.Contributor);
    }

    /// <summary>Two writes: a draft is begun and sent.</summary>
    private KeptAnswer Submit()
    {
        var draft = _desk.Begin(_author, null, "record-1", "a test")!.Value.Draft;
        _desk.Save(draft.Id, _author, draft.Form.With("title", "Another title for this record"), "a test", draft.Version).IsDone.ShouldBeTrue();
        var sent = _desk.Send(draft.Id, _author);
        sent.IsDone.ShouldBeTrue(sent.Sentence);
        return new KeptAnswer("hash", 201, draft.Id, "/there");
    }

    private int Submissions => _desk.Store.OfAuthor(_author.AccountId!.Value).Count;

    private void Break() => _library.Database.Write(c => c.Execute("create trigger broken before insert on idempotency begin select raise(abort, 'the power is out'); end"));

    private void Mend() => _library.Database.Write(c => c.Execute("drop trigger broken"));

    [Fact]
    public void Whatever_happens_between_the_act_and_its_answer_the_act_is_done_once()
    {
        var (acts, announced) = (_desk.Acts.Latest(10).Count, _library.Database.Announced);
        Break();
        Should.Throw<SqliteException>(() => _store.Once(_token, Key, _time.Now, Submit)).Message.ShouldContain("the power is out");
        (Submissions, _desk.Acts.Latest(10).Count, _library.Database.Announced).ShouldBe((0, acts, announced), "nothing is half there");
        Mend();
        Should.Throw<InvalidDataException>(() => _store.Once(_token, Key, _time.Now, () =>
        {
            Submit();
            throw new InvalidDataException("before the answer was made");
        }));
        Submissions.ShouldBe(0);
        _store.Once(_token, Key, _time.Now, Submit).ShouldBeNull();
        var kept = _store.Once(_token, Key, _time.Now, () => throw new InvalidDataException("not again")).ShouldNotBeNull();
        kept.ShouldBe(new KeptAnswer("hash", 201, _desk.Store.OfAuthor(_author.AccountId!.Value).Single().Id, "/there"));
        _desk.Acts.FirstBrokenLink().ShouldBeNull();
    }

    [Fact]
    public void Accepting_is_undone_whole_and_search_never_shows_what_is_not_there()
    {
        var id = Submit().Body;
        var seq = _library.Search.Seq;
        KeptAnswer? Accept()
        {
            _desk.Accept(id, _reviewer).IsDone.ShouldBeTrue();
            _library.Search.Seq.ShouldBe(seq, "search follows what is on disk");
            return new KeptAnswer("hash", 200, "", null);
        }

        Break();
        Should.Throw<SqliteException>(() => _store.Once(_token, Key, _time.Now, Accept));
        (_library.Search.Seq, _library.Changes.LastSeq(), _desk.Store.Find(id)!.Status).ShouldBe((seq, seq, SubmissionStatus.Submitted));
        Mend();
        _store.Once(_token, Key, _time.Now, Accept).ShouldBeNull();
        (_library.Search.Seq, _library.Changes.LastSeq(), _desk.Store.Find(id)!.Status).ShouldBe((seq + 1, seq + 1, SubmissionStatus.Accepted));
        _library.Changes.FirstBrokenLink().ShouldBeNull();
        _store.Once(_token, Key, _time.Now, Accept).ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_many_at_once_one_acts()
    {
        var done = 0;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _store.Once(_token, Key, _time.Now, () =>
        {
            Interlocked.Increment(ref done);
            return Submit();
        }))));
        (done, Submissions, answers.Count(a => a is null)).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void What_wrote_nothing_may_be_tried_again_and_a_day_later_a_key_is_new()
    {
        var tried = 0;
        KeptAnswer? Refused()
        {
            tried++;
            return new KeptAnswer("hash", 422, "no", null);
        }

        _store.Once(_token, Key, _time.Now, Refused).ShouldBeNull();
        _store.Once(_token, Key, _time.Now, Refused).ShouldBeNull();
        tried.ShouldBe(2);
        _store.Once(_token, Key, _time.Now, Submit).ShouldBeNull();
        _store.Once(_token, Key, _time.Now + TimeSpan.FromHours(23), Submit).ShouldNotBeNull();
        _store.Once(_token, Key, _time.Now + TimeSpan.FromHours(25), Submit).ShouldBeNull();
        Submissions.ShouldBe(2);
    }

    [Fact]
    public void A_part_that_failed_takes_the_whole_with_it_even_when_its_exception_was_caught()
    {
        Should.Throw<InvalidOperationException>(() => _store.Once(_token, Key, _time.Now, () =>
        {
            Submit();
            try
            {
                _library.Database.Write(c => c.Execute("insert into submissions (id) values ('x')"));
            }
            catch (SqliteException)
            {
                // As a handler might.
            }

            return new KeptAnswer("hash", 200, "", null);
        }));
        Submissions.ShouldBe(0);
        // The next write finds a writer in order.
        Submit();
        Submissions.ShouldBe(1);
    }

    [Fact]
    public void Others_read_what_was_there_before_until_all_of_it_is_written()
    {
        _store.Once(_token, Key, _time.Now, () =>
        {
            var answer = Submit();
            Submissions.ShouldBe(1, "who writes reads what they wrote");
            // A task that is waited for may run on this very thread.
            var others = -1;
            var thread = new Thread(() => others = Submissions);
            thread.Start();
            thread.Join();
            others.ShouldBe(0);
            _library.Database.Snapshot(c => c.ExecuteScalar<int>("select count(*) from submissions")).ShouldBe(1);
            return answer;
        });
        Submissions.ShouldBe(1);
        _library.Records.Find(Noun.Incident, "record-1")!.Revision.ShouldBe(1);
    }
}
