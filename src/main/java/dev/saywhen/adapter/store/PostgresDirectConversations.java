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
        transactions.run(() -> rows.met(named(platform, conversation)));
    }

    @Override
    public void gone(Platform platform, String conversation) {
        transactions.run(() -> rows.deleteById(named(platform, conversation)));
    }

    private static String named(Platform platform, String conversation) {
        return platform.name() + ":" + conversation;
    }
}
