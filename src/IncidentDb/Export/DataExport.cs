using System.Text;
using IncidentDb.History;
using IncidentDb.Import;
using IncidentDb.Records;

namespace IncidentDb.Export;

/// <summary>Writes the published records back as the files they came from, in canonical form.</summary>
public static class DataExport
{
    /// <summary>
    /// Writes every record whose file differs; files of records that are gone are left for a person to judge.
    /// </summary>
    /// <returns>How many files there are and how many were written.</returns>
    public static (int Records, int Written) Write(RecordStore records, string folder, Action<int>? progress = null)
    {
        var (count, written) = (0, 0);
        foreach (var noun in Enum.GetValues<Noun>())
        {
            Directory.CreateDirectory(Path.Combine(folder, DataFolder.FolderOf(noun)));
            records.ForEach(noun, record =>
            {
                var path = Path.Combine(folder, DataFolder.PathOf(noun, record.Slug));
                count++;
                if (!File.Exists(path) || File.ReadAllText(path) != record.Content)
                {
                    File.WriteAllText(path, record.Content, new UTF8Encoding(false));
                    written++;
                }

                progress?.Invoke(count);
            });
        }

        return (count, written);
    }
}
