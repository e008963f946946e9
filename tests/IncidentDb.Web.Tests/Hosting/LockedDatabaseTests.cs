using System.Collections.Concurrent;
using IncidentDb.Incidents;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Web.Tests.Hosting;

/// <summary>reliability.md D9: another program that writes to the database keeps nobody from reading.</summary>
[Collection(WritingSite.Name)]
public sealed class LockedDatabaseTests(EditedSite site)
{
    [Fact]
    public async Task A_foreign_write_lock_disturbs_no_reader_and_a_write_says_that_it_must_wait()
    {
        var file = Path.Combine(site.Library.Database.Directory, "incidentdb.db");
        await using var foreign = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await foreign.OpenAsync();
        await ExecuteAsync(foreign, "begin immediate");
        try
        {
            var incident = site.Library.Incidents.All()[0];
            var text = IncidentWriter.Write(site.Library.Incidents.Find(incident.Slug)!.Incident with { Tags = ["a-new-tag"] });
            string[] paths = ["/incidents?q=dns", "/incidents/facebook-bgp-2021", "/incidents.json?cause=overload", "/patterns/failover", "/changes", "/incidents.csv", "/healthz/ready"];
            // What is compiled on the first request is no wait for the writer.
            foreach (var path in paths)
                (await site.Client.GetAsync(path)).Dispose();
            var start = TimeProvider.System.GetTimestamp();
            var write = Task.Run(() => site.Library.Save(incident.Slug, text, "a test", "while another writes"));
            var times = new ConcurrentBag<TimeSpan>();
            do
            {
                foreach (var path in paths)
                {
                    var asked = TimeProvider.System.GetTimestamp();
                    using var response = await site.Client.GetAsync(path);
                    await response.ShouldAnswerAsync(System.Net.HttpStatusCode.OK, path);
                    times.Add(TimeProvider.System.GetElapsedTime(asked));
                }
            }
            while (!write.IsCompleted);
            await Should.ThrowAsync<DatabaseBusyException>(() => write);
            TimeProvider.System.GetElapsedTime(start).TotalSeconds.ShouldBeInRange(4, 30);
            times.Count.ShouldBeGreaterThan(paths.Length);
            // Whoever reads does not wait for whoever writes, which would be five seconds.
            times.Order().ElementAt(times.Count * 99 / 100).ShouldBeLessThan(TimeSpan.FromSeconds(3));
        }
        finally
        {
            await ExecuteAsync(foreign, "rollback");
        }

        // And once it is free, writing goes on.
        var after = site.Library.Incidents.All()[0];
        site.Library.Save(after.Slug, IncidentWriter.Write(site.Library.Incidents.Find(after.Slug)!.Incident with { Tags = ["another-tag"] }), "a test", "free again").Where(p => p.IsError).ShouldBeEmpty();
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
