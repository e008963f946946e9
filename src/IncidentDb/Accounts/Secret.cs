using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace IncidentDb.Accounts;

/// <summary>256 random bits that prove something; the database keeps only their hash.</summary>
public static class Secret
{
    /// <summary>43 characters that can stand in an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 as hexadecimal. A slow hash would add nothing to 256 random bits.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    public static bool IsSame(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));
}
