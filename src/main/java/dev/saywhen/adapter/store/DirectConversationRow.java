package dev.saywhen.adapter.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A direct conversation with the bot, as a row. */
@Entity
@Table(name = "direct_conversation")
class DirectConversationRow {
    @Id
    private String conversation;

    /** For Hibernate. */
    protected DirectConversationRow() {}

    String conversation() {
        return conversation;
    }
}
