package dev.saywhen.adapter.store;

import dev.saywhen.chat.DirectConversations;
import dev.saywhen.id.Platform;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.stream.Collectors;

/** Which direct conversations people have with the bot, in PostgreSQL. */
@ApplicationScoped
public class PostgresDirectConversations implements DirectConversations {
    private final DirectConversationRows rows;
    private final Transactions transactions;

    PostgresDirectConversations(DirectConversationRows rows, Transactions transactions) {
        this.rows = rows;
        this.transactions = transactions;
    }

    @Override
    public Set<String> on(Platform platform) {
        String of = platform.name() + ":";
        return transactions.in(() -> rows.list("conversation like ?1", of + "%").stream()
                .map(row -> row.conversation().substring(of.length()))
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public void met(Platform platform, String conversation) {
        transactions.run(() -> rows.met(platform.name() + ":" + conversation));
    }
}
