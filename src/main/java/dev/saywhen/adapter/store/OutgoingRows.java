package dev.saywhen.adapter.store;

import dev.saywhen.chat.ChatGateway.Sent;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.Platform;
import dev.saywhen.id.ThreadId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of what is to be said. A key that was ever in it stays, so that it is never said twice. */
@ApplicationScoped
class OutgoingRows implements PanacheRepositoryBase<OutgoingRow, Long> {
    /** Adds them, in their order, to the caller's transaction; a known key is passed over. */
    void put(List<Outgoing> outgoing) {
        for (Outgoing one : outgoing) {
            switch (one) {
                case Outgoing.Message message ->
                    add(message, "message", message.thread().platform(), message.thread(), null);
                case Outgoing.Edit edit -> {
                    if (add(edit, "edit", edit.thread().platform(), edit.thread(), edit.messageKey())) {
                        dropOlderEdits(edit.key());
                    }
                }
                case Outgoing.Reaction reaction ->
                    add(reaction, "reaction", reaction.to().channel().platform(), null, null);
            }
        }
    }

    /** See {@link dev.saywhen.flow.Outbox#due}: in a thread a message waits for older ones, and for every receipt. */
    @SuppressWarnings("unchecked")
    List<OutgoingRow> due(Platform platform, Instant now, int limit) {
        return getEntityManager()
                .createNativeQuery("""
                        select * from outgoing o
                        where o.state = 'waiting'
                          and o.platform = :platform
                          and (o.next_at is null or o.next_at <= :now)
                          and (o.kind = 'reaction'
                            or (o.kind = 'message' and o.place = (
                                select first.place from outgoing first
                                where first.thread = o.thread
                                  and first.state = 'waiting'
                                  and first.kind = 'message'
                                order by first.receipt desc, first.place
                                limit 1))
                            or (o.kind = 'edit'
                                and exists (
                                    select 1 from outgoing said
                                    where said.key = o.message_key and said.state = 'delivered')
                                and not exists (
                                    select 1 from outgoing newer
                                    where newer.kind = 'edit'
                                      and newer.message_key = o.message_key
                                      and newer.place > o.place)))
                        order by o.receipt desc, o.place
                        limit :limit
                        """, OutgoingRow.class)
                .setParameter("platform", platform.name())
                .setParameter("now", now)
                .setParameter("limit", limit)
                .getResultList();
    }

    /** False if there is no such key. What was delivered before stays as it was. */
    boolean delivered(String key, Sent sent, Instant at) {
        getEntityManager()
                .createNativeQuery("""
                        update outgoing
                        set state = 'delivered', delivered_at = :at, sent = cast(:sent as jsonb)
                        where key = :key and state <> 'delivered'
                        """)
                .setParameter("key", key)
                .setParameter("at", at)
                .setParameter("sent", StoredJson.write(Sent.class, sent))
                .executeUpdate();
        dropOlderEdits(key);
        return byKey(key).isPresent();
    }

    /** False if there is no such key. */
    boolean failed(String key, String why, Instant next) {
        getEntityManager()
                .createNativeQuery("""
                        update outgoing
                        set attempts = attempts + 1, last_failure = :why, next_at = :next
                        where key = :key and state = 'waiting'
                        """)
                .setParameter("key", key)
                .setParameter("why", StoredText.kept(why))
                .setParameter("next", next)
                .executeUpdate();
        return byKey(key).isPresent();
    }

    Optional<OutgoingRow> byKey(String key) {
        return find("key", key).firstResultOptional();
    }

    long waiting() {
        return count("state", "waiting");
    }

    private boolean add(
            Outgoing outgoing, String kind, Platform platform, @Nullable ThreadId thread, @Nullable String messageKey) {
        int added = getEntityManager()
                .createNativeQuery("""
                        insert into outgoing (key, kind, platform, thread, message_key, receipt, body)
                        values (:key, :kind, :platform, cast(:thread as text), cast(:messageKey as text), :receipt,
                            cast(:body as jsonb))
                        on conflict (key) do nothing
                        """)
                .setParameter("key", outgoing.key())
                .setParameter("kind", kind)
                .setParameter("platform", platform.name())
                .setParameter("thread", thread == null ? null : thread.toString())
                .setParameter("messageKey", messageKey)
                .setParameter("receipt", isReceipt(outgoing))
                .setParameter("body", StoredJson.write(Outgoing.class, outgoing))
                .executeUpdate();
        return added == 1;
    }

    private static boolean isReceipt(Outgoing outgoing) {
        return outgoing instanceof Outgoing.Message message && message.purpose() == Outgoing.Purpose.RECEIPT;
    }

    /** Of the edits of one message only the newest says anything. Does nothing for a key that is no edit's. */
    private void dropOlderEdits(String key) {
        getEntityManager().createNativeQuery("""
                        update outgoing older set state = 'dropped'
                        from outgoing newest
                        where newest.key = :key
                          and newest.kind = 'edit'
                          and older.kind = 'edit'
                          and older.message_key = newest.message_key
                          and older.place < newest.place
                          and older.state = 'waiting'
                        """).setParameter("key", key).executeUpdate();
    }
}
