using Dapper;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Tests.Storage;

/// <summary>Takes the newest steps of the schema back, so that a program meets a database of before them.</summary>
internal static class OlderSchema
{
    public static void Make(SqliteConnection connection, int version)
    {
        if (version < 4)
        {
            connection.Execute(
                """
                drop index incidents_by_year;
                drop index incidents_by_anniversary;
                drop index incidents_by_events;
                alter table incidents drop column year;
                alter table incidents drop column anniversary;
                alter table incidents drop column events;
                alter table incidents drop column phases;
                """);
        }

        if (version < 3)
            connection.Execute("drop table host_copies");
        connection.Execute($"pragma user_version = {version}");
    }
}
