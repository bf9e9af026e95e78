--liquibase formatted sql

--changeset saywhen:run
create table run (
    id              bigint      primary key,
    version         bigint      not null,
    project         text        not null,
    thread          text        not null,
    requester       text        not null,
    opened_at       timestamptz not null,
    state_name      text        not null,
    phase           text        not null,
    ended           boolean     not null,
    state           jsonb       not null,
    brief           jsonb       not null,
    changers        jsonb       not null,
    heard           jsonb       not null,
    newest_revision integer,
    steps_done      integer     not null,
    commits         jsonb       not null,
    report          text,
    constraint run_thread_once unique (thread)
);
create index run_live on run (id) where not ended;
create index run_project on run (project, id);
--rollback drop table run;

--changeset saywhen:run-number
--comment The newest number given. A sequence would lose one with every race that is lost and every roll back.
create table run_number (
    newest bigint not null check (newest >= 0)
);
create unique index run_number_one_row on run_number ((true));
insert into run_number (newest) values (0);
--rollback drop table run_number;

--changeset saywhen:append-only splitStatements:false
--comment What people said yes to and what happened is added to, never changed, whoever asks.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% refused: table % is append only', tg_op, tg_table_name using errcode = 'restrict_violation';
end
$$;
--rollback drop function refuse_change();

--changeset saywhen:plan-revision
create table plan_revision (
    run    bigint  not null references run (id),
    number integer not null,
    digest text    not null,
    plan   jsonb   not null,
    primary key (run, number)
);
create trigger plan_revision_append_only before update or delete or truncate on plan_revision
    for each statement execute function refuse_change();
--rollback drop table plan_revision;

--changeset saywhen:used-message
--comment Messages that authorized something. None ever does so again.
create table used_message (
    message text   primary key,
    run     bigint not null references run (id)
);
create trigger used_message_append_only before update or delete or truncate on used_message
    for each statement execute function refuse_change();
--rollback drop table used_message;

--changeset saywhen:run-undo
--comment What is being taken back of a run; null while it builds.
alter table run add column undo jsonb;
--rollback alter table run drop column undo;
