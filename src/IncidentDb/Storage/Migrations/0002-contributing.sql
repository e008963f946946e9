-- Accounts and what proves them. Secrets are kept as hashes only: passwords as Identity's PBKDF2, the others as SHA-256 of 256 random bits.
create table accounts (
    id integer primary key autoincrement,
    name text not null,
    normalized_name text not null unique,
    password_hash text,
    security_stamp text not null,
    concurrency_stamp text not null,
    role text not null check (role in ('contributor', 'reviewer', 'admin')),
    -- as printed beside what the account contributed; a deleted account keeps its row under a pseudonym
    credit_name text not null,
    slug text not null unique,
    failed_count integer not null default 0,
    locked_until text,
    created_at text not null,
    disabled_at text,
    deleted_at text
);

create table sessions (
    id integer primary key autoincrement,
    key_hash text not null unique,
    account_id integer not null references accounts (id),
    security_stamp text not null,
    agent text not null,
    created_at text not null,
    signed_in_at text not null,
    seen_at text not null,
    expires_at text not null,
    -- minutes without a request after which the session ends
    idle_minutes integer not null
);

create index sessions_by_account on sessions (account_id);

create table tokens (
    id integer primary key autoincrement,
    account_id integer not null references accounts (id),
    name text not null,
    key_hash text not null unique,
    scopes text not null,
    created_at text not null,
    expires_at text not null,
    used_at text,
    revoked_at text
);

create index tokens_by_account on tokens (account_id);

-- One-time links: the claim of a new installation (without an account), and the setting of a password.
create table links (
    key_hash text primary key,
    account_id integer references accounts (id),
    purpose text not null check (purpose in ('setup', 'password')),
    created_at text not null,
    expires_at text not null,
    used_at text
) without rowid;

-- At most one row: two claims of one installation can't both be written.
create table setup (
    only integer primary key check (only = 1),
    account_id integer not null references accounts (id),
    at text not null
);

-- What happened to accounts, for administrators. Addresses are hashed with a salt and forgotten after 30 days.
create table audit (
    id integer primary key autoincrement,
    at text not null,
    event text not null,
    account_id integer references accounts (id),
    address text,
    detail text not null
);

create index audit_by_time on audit (at);

-- A proposed record or correction: what was typed, as it was typed, whatever the rules say of it.
create table submissions (
    id text primary key,
    author_id integer references accounts (id),
    -- for a submission without an account: SHA-256 of the key in its tracking link
    tracking_hash text,
    record_id integer references records (id),
    base_revision integer,
    status text not null check (status in ('draft', 'submitted', 'in_review', 'changes_requested', 'accepted', 'rejected', 'withdrawn')),
    title text not null,
    form text not null,
    why text not null,
    -- counts every save; whoever writes says which version they saw
    version integer not null,
    reviewer_id integer references accounts (id),
    created_at text not null,
    changed_at text not null,
    sent_at text,
    decided_at text,
    change_seq integer
) without rowid;

create index submissions_by_author on submissions (author_id, changed_at);
create index submissions_by_status on submissions (status, sent_at);

-- The text as it stood each time it was sent.
create table submission_texts (
    submission_id text not null references submissions (id),
    version integer not null,
    at text not null,
    form text not null,
    primary key (submission_id, version)
) without rowid;

create table submission_comments (
    id integer primary key autoincrement,
    submission_id text not null references submissions (id),
    field text not null,
    body text not null,
    author_id integer references accounts (id),
    version integer not null,
    at text not null,
    resolved_at text
);

create index submission_comments_by_submission on submission_comments (submission_id);

-- What the author said of records that look alike.
create table submission_matches (
    submission_id text not null references submissions (id),
    slug text not null,
    verdict text not null check (verdict in ('same', 'related', 'different')),
    reason text not null,
    at text not null,
    primary key (submission_id, slug)
) without rowid;

-- What was done with submissions: public, append-only, chained like the changes.
create table acts (
    seq integer primary key autoincrement,
    at text not null,
    who text not null,
    act text not null check (act in ('submitted', 'claimed', 'released', 'changes_requested', 'accepted', 'rejected', 'withdrawn')),
    submission_id text not null references submissions (id),
    change_seq integer,
    reason text not null,
    chain text not null
);

create index acts_by_submission on acts (submission_id, seq);

create trigger acts_are_not_edited before update on acts begin select raise(abort, 'the log of acts is append-only'); end;
create trigger acts_are_not_deleted before delete on acts begin select raise(abort, 'the log of acts is append-only'); end;
create trigger submission_texts_are_not_edited before update on submission_texts begin select raise(abort, 'sent texts are append-only'); end;
create trigger submission_texts_are_not_deleted before delete on submission_texts begin select raise(abort, 'sent texts are append-only'); end;

-- Answers to writes that carried an Idempotency-Key, for a day.
create table idempotency (
    token_id integer not null references tokens (id),
    key text not null,
    request_hash text not null,
    status integer not null,
    body text not null,
    location text,
    at text not null,
    primary key (token_id, key)
) without rowid;

-- A contributor's page.
create index changes_by_who on changes (who, seq);
