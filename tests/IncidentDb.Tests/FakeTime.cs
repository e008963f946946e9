namespace IncidentDb.Tests;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class FakeTime(string now = "2026-01-02T03:04:05Z") : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.Parse(now);

    public override DateTimeOffset GetUtcNow() => Now;
}
