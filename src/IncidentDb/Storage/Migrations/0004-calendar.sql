-- What the home page and the timeline of all ask of every record: counted here, so that no card needs to be read for it.
alter table incidents add column year integer;
-- Month and day, where the day is known
alter table incidents add column anniversary text;
alter table incidents add column events integer not null default 0;
alter table incidents add column phases integer not null default 0;

update incidents set
    year = cast(substr(json_extract(summary, '$.Started.Start.Local'), 1, 4) as integer),
    anniversary = case when json_extract(summary, '$.Started.Start.Precision') >= 2 then substr(json_extract(summary, '$.Started.Start.Local'), 6, 5) end,
    events = coalesce(json_extract(summary, '$.Events'), 0),
    phases = coalesce(json_array_length(summary, '$.Phases'), 0);

create index incidents_by_year on incidents (year, severity);

create index incidents_by_anniversary on incidents (anniversary, slug);

create index incidents_by_events on incidents (completeness, events, phases, slug);
