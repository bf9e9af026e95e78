--liquibase formatted sql

--changeset saywhen:heard-team
--comment A team is platform:id. What was said later than this is read after a start.
create table heard_team (
    team        text        primary key,
    heard_until timestamptz not null
);
--rollback drop table heard_team;

--changeset saywhen:direct-conversation
--comment A conversation is platform:id. Nothing that is said in it stands here; it is read after a start.
create table direct_conversation (
    conversation text primary key
);
--rollback drop table direct_conversation;
