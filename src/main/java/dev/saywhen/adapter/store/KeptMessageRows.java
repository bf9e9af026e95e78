package dev.saywhen.adapter.store;

import dev.saywhen.chat.InboundMessage;
import dev.saywhen.id.MessageId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** The table of messages that were taken in. */
@ApplicationScoped
class KeptMessageRows implements PanacheRepositoryBase<KeptMessageRow, String> {
    boolean add(InboundMessage message) {
        int added = getEntityManager()
                .createNativeQuery("""
                        insert into kept_message (message, body) values (:message, cast(:body as jsonb))
                        on conflict (message) do nothing
                        """)
                .setParameter("message", message.id().toString())
                .setParameter("body", StoredJson.write(InboundMessage.class, message))
                .executeUpdate();
        return added == 1;
    }

    void handled(MessageId message, Instant at) {
        getEntityManager()
                .createNativeQuery("""
                        insert into kept_message (message, handled_at) values (:message, :at)
                        on conflict (message) do update
                            set handled_at = coalesce(kept_message.handled_at, excluded.handled_at)
                        """)
                .setParameter("message", message.toString())
                .setParameter("at", at)
                .executeUpdate();
    }

    List<KeptMessageRow> unhandled() {
        return list("handledAt is null", Sort.ascending("place"));
    }

    long deleteHandledBefore(Instant before) {
        return delete("handledAt < ?1", before);
    }
}
