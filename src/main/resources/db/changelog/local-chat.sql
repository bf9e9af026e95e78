--liquibase formatted sql

--changeset saywhen:local-message
--comment A deleted message leaves its id, its times and its key behind, so that none of them is given again.
create table local_message (
    id      bigint         primary key,
    channel text           not null,
    thread  bigint         not null,
    key     text,
    deleted boolean        not null default false,
    newest  numeric(21, 9) not null,
    body    jsonb          not null,
    constraint local_message_key_once unique (key)
);
comment on column local_message.newest is 'when it was written or last edited: seconds since 1970, exact to the nanosecond';
create index local_message_channel on local_message (channel, id) where not deleted;
create index local_message_thread on local_message (thread, id) where not deleted;
create index local_message_newest on local_message (newest);
--rollback drop table local_message;
