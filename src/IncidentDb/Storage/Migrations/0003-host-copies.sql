-- What a host made of a prep sheet, kept with the account: read by its owner alone, deleted with the account.
create table host_copies (
    id text primary key,
    account_id integer not null references accounts (id),
    name text not null,
    -- what it is of, for lists: the slug of the episode, or those of the records with blanks between them
    episode text,
    incidents text not null,
    minutes integer not null,
    clock text not null,
    bytes integer not null,
    -- counts every save; whoever writes says which version they saw
    version integer not null,
    created_at text not null,
    changed_at text not null,
    -- the file of the copy, as it is downloaded
    file text not null
);

create index host_copies_by_account on host_copies (account_id, changed_at);
