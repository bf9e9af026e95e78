--liquibase formatted sql

--changeset saywhen:audit-record
create table audit_record (
    chain         text        not null,
    sequence      bigint      not null check (sequence > 0),
    time          timestamptz not null,
    type          text        not null,
    actor         text,
    message       text,
    facts         jsonb       not null,
    previous_hash text        not null check (previous_hash ~ '^[0-9a-f]{64}$'),
    hash          text        not null check (hash ~ '^[0-9a-f]{64}$'),
    primary key (chain, sequence)
);
create trigger audit_record_append_only before update or delete or truncate on audit_record
    for each statement execute function refuse_change();
--rollback drop table audit_record;

--changeset saywhen:audit-head
--comment The newest place of each chain. Its row is the chain's lock, and tells when records were cut off.
create table audit_head (
    chain    text   primary key,
    sequence bigint not null,
    hash     text   not null check (hash ~ '^[0-9a-f]{64}$')
);
create trigger audit_head_stays before delete or truncate on audit_head
    for each statement execute function refuse_change();
--rollback drop table audit_head;

--changeset saywhen:audit-head-moves-forward splitStatements:false
create function refuse_going_back() returns trigger language plpgsql as $$
begin
    if new.chain <> old.chain or new.sequence <= old.sequence then
        raise exception 'the head of chain % goes forward only', old.chain using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger audit_head_forward before update on audit_head
    for each row execute function refuse_going_back();
--rollback drop trigger audit_head_forward on audit_head; drop function refuse_going_back();

--changeset saywhen:audit-model-use
create index audit_record_model_run on audit_record (chain) where type = 'model-called';
create index audit_record_model_time on audit_record (time) where type = 'model-called';
--rollback drop index audit_record_model_time; drop index audit_record_model_run;
