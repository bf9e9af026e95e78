--liquibase formatted sql

--changeset saywhen:stop-order
--comment The digest makes a repeated recording harmless; two nodes may use one epoch.
create table stop_order (
    epoch  bigint not null check (epoch > 0),
    digest text   not null,
    body   jsonb  not null,
    primary key (epoch, digest)
);
create trigger stop_order_append_only before update or delete or truncate on stop_order
    for each statement execute function refuse_change();
--rollback drop table stop_order;
