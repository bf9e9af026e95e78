package dev.saywhen.adapter.store;

import dev.saywhen.id.MessageId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The table of messages that authorized something. */
@ApplicationScoped
class UsedMessageRows implements PanacheRepositoryBase<UsedMessageRow, String> {
    boolean has(MessageId message) {
        return findById(message.toString()) != null;
    }
}
