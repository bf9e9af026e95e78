--liquibase formatted sql

--changeset saywhen:kept-message
--comment Messages that matter, until they are handled and for a while after, so that a redelivery is known.
create table kept_message (
    message    text        primary key,
    place      bigint      not null generated always as identity,
    body       jsonb,
    handled_at timestamptz
);
create index kept_message_unhandled on kept_message (place) where handled_at is null;
create index kept_message_handled on kept_message (handled_at) where handled_at is not null;
--rollback drop table kept_message;

--changeset saywhen:outgoing
create table outgoing (
    place        bigint      primary key generated always as identity,
    key          text        not null,
    kind         text        not null check (kind in ('message', 'edit', 'reaction')),
    platform     text        not null,
    thread       text,
    message_key  text,
    receipt      boolean     not null,
    body         jsonb       not null,
    state        text        not null default 'waiting' check (state in ('waiting', 'delivered', 'dropped')),
    attempts     integer     not null default 0,
    next_at      timestamptz,
    last_failure text,
    delivered_at timestamptz,
    sent         jsonb,
    constraint outgoing_key_once unique (key),
    constraint outgoing_message_has_thread check (kind <> 'message' or thread is not null),
    constraint outgoing_edit_has_message check ((kind = 'edit') = (message_key is not null)),
    constraint outgoing_delivered_is_sent check ((state = 'delivered') = (sent is not null))
);
create index outgoing_due on outgoing (platform, receipt desc, place) where state = 'waiting';
create index outgoing_thread on outgoing (thread, receipt desc, place) where state = 'waiting' and kind = 'message';
create index outgoing_edits on outgoing (message_key, place) where kind = 'edit';
--rollback drop table outgoing;
