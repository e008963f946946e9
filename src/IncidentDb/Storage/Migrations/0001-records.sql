-- The truth: one row a record, holding the text of its file in canonical form. All other tables but the history follow from it.
create table meta (
    name text primary key,
    value text not null
) without rowid;

create table records (
    id integer primary key,
    noun text not null,
    slug text not null,
    revision integer not null,
    status text not null default 'published' check (status in ('published', 'withdrawn', 'merged')),
    content text not null,
    -- the text as it was last imported: a record that differs from it was edited on the site
    imported text,
    unique (noun, slug)
);

create table revisions (
    record_id integer not null references records (id),
    revision integer not null,
    seq integer not null,
    content text not null,
    primary key (record_id, revision)
) without rowid;

-- One row an accepted change, in its order. Never edited: the chain column makes an edit visible, the triggers refuse it.
create table changes (
    seq integer primary key autoincrement,
    at text not null,
    who text not null,
    why text not null,
    act text not null check (act in ('added', 'changed', 'withdrawn', 'merged', 'restored', 'renamed')),
    noun text not null,
    slug text not null,
    record_id integer not null references records (id),
    before_revision integer,
    after_revision integer,
    chain text not null
);

create index changes_by_record on changes (record_id, seq);

create trigger changes_are_not_edited before update on changes begin select raise(abort, 'the change log is append-only'); end;
create trigger changes_are_not_deleted before delete on changes begin select raise(abort, 'the change log is append-only'); end;
create trigger revisions_are_not_edited before update on revisions begin select raise(abort, 'revisions are append-only'); end;
create trigger revisions_are_not_deleted before delete on revisions begin select raise(abort, 'revisions are append-only'); end;

create table redirects (
    noun text not null,
    former text not null,
    slug text not null,
    primary key (noun, former)
) without rowid;

-- What pages and search read of an incident, made when it is accepted.
create table incidents (
    record_id integer primary key references records (id),
    slug text not null unique,
    kind text not null,
    title text not null,
    started_from integer,
    started_to integer,
    severity text,
    completeness text not null,
    loss_usd_min real,
    -- JSON: the record, its card in lists, its prose as HTML
    document text not null,
    summary text not null,
    html text not null
);

create index incidents_by_start on incidents (started_from);

create table incident_companies (
    company text not null,
    record_id integer not null references incidents (record_id),
    role text not null,
    primary key (company, record_id)
) without rowid;

create index incident_companies_by_record on incident_companies (record_id);

create table incident_causes (
    cause text not null,
    record_id integer not null references incidents (record_id),
    role text not null,
    primary key (cause, record_id)
) without rowid;

create index incident_causes_by_record on incident_causes (record_id);

create table incident_patterns (
    pattern text not null,
    record_id integer not null references incidents (record_id),
    relation text not null,
    primary key (pattern, record_id)
) without rowid;

create index incident_patterns_by_record on incident_patterns (record_id);

create table incident_technologies (
    technology text not null,
    record_id integer not null references incidents (record_id),
    primary key (technology, record_id)
) without rowid;

create index incident_technologies_by_record on incident_technologies (record_id);

create table incident_sources (
    url text not null,
    record_id integer not null references incidents (record_id),
    primary key (url, record_id)
) without rowid;

create index incident_sources_by_record on incident_sources (record_id);
