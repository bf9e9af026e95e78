package dev.saywhen.adapter.console;

import dev.saywhen.flow.Receipt;
import dev.saywhen.id.RunId;
import java.util.List;

/** What a STOP did, as the HTTP API shows it. */
record ReceiptView(
        boolean confirmed,
        List<String> runs,
        String words,
        long millis,
        int killed,
        List<String> survivors,
        int othersActing,
        String text) {
    static ReceiptView of(Receipt receipt) {
        return new ReceiptView(
                receipt.confirmed(),
                receipt.runs().stream().map(RunId::toString).toList(),
                receipt.words(),
                receipt.took().toMillis(),
                receipt.killed(),
                List.copyOf(receipt.survivors()),
                receipt.othersActing(),
                receipt.text());
    }
}
