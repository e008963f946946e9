namespace IncidentDb.Storage;

/// <summary>The database can't be used as it is; the message says why and what to do.</summary>
public sealed class DatabaseUnusableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Somebody else wrote for too long: the write was not done and can be tried again.</summary>
public sealed class DatabaseBusyException(Exception? inner = null) : Exception("the database is busy; try again in a few seconds", inner);

/// <summary>The disk is full: the write was not done.</summary>
public sealed class DiskFullException(Exception? inner = null) : Exception("the disk of the data directory is full; nothing was written", inner);
