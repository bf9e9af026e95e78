package dev.saywhen.adapter.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The table of direct conversations. */
@ApplicationScoped
class DirectConversationRows implements PanacheRepositoryBase<DirectConversationRow, String> {
    void met(String conversation) {
        getEntityManager()
                .createNativeQuery(
                        "insert into direct_conversation (conversation) values (:conversation) on conflict do nothing")
                .setParameter("conversation", conversation)
                .executeUpdate();
    }
}
