namespace IncidentDb.Tests;

public sealed class FollowedTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task A_large_library_that_gives_its_last_state_says_so()
    {
        using var library = Libraries.With(_directory, 2);
        using var gate = new SemaphoreSlim(1);
        var followed = new Followed<string>(library, (_, snapshot) =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            gate.Release();
            return $"{snapshot.LiveCount} records";
        }, manyRecords: 0);
        followed.Now().ShouldBe("2 records");
        followed.Now().ShouldBe("2 records");
        library.Lacking.ShouldBe(0, "it was of the present state");

        await gate.WaitAsync(TestContext.Current.CancellationToken);
        library.Save("record-3", Sample.Minimal(3), "a test", "one more").Where(p => p.IsError).ShouldBeEmpty();
        followed.Now().ShouldBe("2 records");
        library.Lacking.ShouldBe(1, "whoever keeps this answer would keep an old one");

        gate.Release();
        for (var tries = 0; followed.Now() != "3 records"; tries++)
        {
            tries.ShouldBeLessThan(500);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var lacking = library.Lacking;
        followed.Now().ShouldBe("3 records");
        library.Lacking.ShouldBe(lacking);
    }

    public void Dispose() => _directory.Dispose();
}
