using IncidentDb.Accounts;
using Microsoft.AspNetCore.Identity;

namespace IncidentDb.Web.Accounts;

/// <summary>What Identity's manager needs of the accounts: its store interfaces over <see cref="AccountStore"/>.</summary>
public sealed class AccountUserStore(AccountStore accounts, TimeProvider time)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserLockoutStore<Account>, IUserRoleStore<Account>
{
    private static readonly IdentityError _concurrency = new() { Code = "ConcurrencyFailure", Description = "The account was changed meanwhile; try again." };

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        user.CreatedAt = time.GetUtcNow();
        return Task.FromResult(accounts.Create(user)
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = AccountRules.NameTaken.Id, Description = $"The name “{user.Name}” is taken." }));
    }

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(accounts.Update(user) ? IdentityResult.Success : IdentityResult.Failed(_concurrency));

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        accounts.Delete(user.Id, time.GetUtcNow());
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(long.TryParse(userId, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) && accounts.Find(id) is { DeletedAt: null } account ? account : null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult(accounts.FindByName(normalizedUserName));

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Set(() => user.Name = userName ?? "");

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedName);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Set(() => user.NormalizedName = normalizedName ?? "");

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(() => user.LockedUntil = lockoutEnd);

    public Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(++user.FailedCount);

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Set(() => user.FailedCount = 0);

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.FailedCount);

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An account has one role; giving it another replaces the one it has.</summary>
    public Task AddToRoleAsync(Account user, string roleName, CancellationToken cancellationToken) =>
        Set(() => user.Role = Roles.All.First(r => string.Equals(r, roleName, StringComparison.OrdinalIgnoreCase)));

    public Task RemoveFromRoleAsync(Account user, string roleName, CancellationToken cancellationToken) => Set(() =>
    {
        if (string.Equals(user.Role, roleName, StringComparison.OrdinalIgnoreCase))
            user.Role = Roles.Contributor;
    });

    public Task<IList<string>> GetRolesAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<IList<string>>([user.Role]);

    public Task<bool> IsInRoleAsync(Account user, string roleName, CancellationToken cancellationToken) =>
        Task.FromResult(string.Equals(user.Role, roleName, StringComparison.OrdinalIgnoreCase));

    public Task<IList<Account>> GetUsersInRoleAsync(string roleName, CancellationToken cancellationToken) =>
        Task.FromResult<IList<Account>>([.. accounts.All().Where(a => string.Equals(a.Role, roleName, StringComparison.OrdinalIgnoreCase))]);

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // The store belongs to the library.
    }
}

/// <summary>Identity asks here whether a password may be used.</summary>
public sealed class AccountPasswordValidator : IPasswordValidator<Account>
{
    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) => Task.FromResult(
        PasswordRules.Check(password ?? "", user.Name, user.CreditName) is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = problem.Rule, Description = problem.Sentence })
            : IdentityResult.Success);
}

/// <summary>Identity asks here whether an account may be called as it is.</summary>
public sealed class AccountNameValidator : IUserValidator<Account>
{
    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user) => Task.FromResult(
        (AccountRules.CheckName(user.Name) ?? AccountRules.CheckCreditName(user.CreditName)) is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = problem.Rule, Description = problem.Sentence })
            : IdentityResult.Success);
}
