using System.Reflection;
using System.Runtime.InteropServices;

namespace IncidentDb.Storage;

/// <summary>
/// Chooses the native SQLite once for the process: on Linux the system's <c>libsqlite3.so.0</c>, which the distribution patches, else the
/// one that the package brings (3.35.5). <c>INCIDENTDB_SQLITE=bundled</c> or <c>system</c> decides otherwise; the tests run on both.
/// </summary>
public static class SqliteNative
{
    public const string Variable = "INCIDENTDB_SQLITE";
    private static readonly Lock _lock = new();
    private static bool _done;

    /// <summary>Where the library in use came from: <c>system</c> or <c>bundled</c>.</summary>
    public static string Origin { get; private set; } = "bundled";

    public static string Version { get; private set; } = "";

    /// <exception cref="InvalidOperationException">The variable asks for the system's library and there is none.</exception>
    public static void Initialize()
    {
        lock (_lock)
        {
            if (_done)
                return;
            var wanted = Environment.GetEnvironmentVariable(Variable);
            var library = wanted == "bundled" || !OperatingSystem.IsLinux() ? IntPtr.Zero : LoadSystem();
            if (wanted == "system" && library == IntPtr.Zero)
                throw new InvalidOperationException($"{Variable}=system, but there is no libsqlite3.so.0 on this machine.");
            if (library != IntPtr.Zero)
            {
                Origin = "system";
                NativeLibrary.SetDllImportResolver(
                    typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
                    (name, assembly, path) => name == "e_sqlite3" ? library : NativeLibrary.TryLoad(name, assembly, path, out var other) ? other : IntPtr.Zero);
            }

            SQLitePCL.Batteries_V2.Init();
            Version = SQLitePCL.raw.sqlite3_libversion().utf8_to_string();
            _done = true;
        }
    }

    /// <summary>Bytes that SQLite has allocated in this process.</summary>
    public static long MemoryUsed()
    {
        Initialize();
        return SQLitePCL.raw.sqlite3_memory_used();
    }

    private static IntPtr LoadSystem() =>
        NativeLibrary.TryLoad("libsqlite3.so.0", Assembly.GetExecutingAssembly(), null, out var library) ? library : IntPtr.Zero;
}
