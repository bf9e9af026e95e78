package dev.saywhen.adapter.store;

import dev.saywhen.chat.MessageArchive.Position;
import dev.saywhen.chat.MessageArchive.Stored;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of the local chat's messages. */
@ApplicationScoped
class LocalMessageRows implements PanacheRepositoryBase<LocalMessageRow, Long> {
    Position position() {
        Object[] ends = getEntityManager()
                .createQuery("select max(id), max(newest) from LocalMessageRow", Object[].class)
                .getSingleResult();
        return ends[0] == null
                ? new Position(0, Instant.EPOCH)
                : new Position((Long) ends[0], LocalMessageRow.instant((BigDecimal) ends[1]));
    }

    Optional<LocalMessageRow> byKey(String key) {
        return find("key", StoredText.kept(key)).firstResultOptional();
    }

    /** False if the key is known; an id that is known is an error. */
    boolean add(Stored message, @Nullable String key) {
        int added = getEntityManager()
                .createNativeQuery("""
                        insert into local_message (id, channel, thread, key, newest, body)
                        values (:id, :channel, :thread, cast(:key as text), :newest, cast(:body as jsonb))
                        on conflict (key) do nothing
                        """)
                .setParameter("id", message.id())
                .setParameter("channel", StoredText.kept(message.channel()))
                .setParameter("thread", message.thread())
                .setParameter("key", key == null ? null : StoredText.kept(key))
                .setParameter("newest", LocalMessageRow.newest(message))
                .setParameter("body", StoredJson.write(Stored.class, message))
                .executeUpdate();
        return added == 1;
    }

    Optional<LocalMessageRow> there(long id) {
        return findByIdOptional(id).filter(row -> !row.isDeleted());
    }

    Optional<LocalMessageRow> lockedThere(long id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).filter(row -> !row.isDeleted());
    }

    List<LocalMessageRow> list(@Nullable String channel, long thread, long after, int limit) {
        StringBuilder query = new StringBuilder("not deleted and id > :after");
        Map<String, Object> values = new HashMap<>(Map.of("after", after));
        if (channel != null) {
            query.append(" and channel = :channel");
            values.put("channel", StoredText.kept(channel));
        }
        if (thread != 0) {
            query.append(" and thread = :thread");
            values.put("thread", thread);
        }
        return find(query.append(" order by id").toString(), values)
                .page(Page.ofSize(limit))
                .list();
    }

    List<String> channels() {
        return getEntityManager()
                .createQuery("select distinct channel from LocalMessageRow where not deleted", String.class)
                .getResultList();
    }
}
