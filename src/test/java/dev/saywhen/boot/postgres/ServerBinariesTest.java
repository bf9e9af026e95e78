package dev.saywhen.boot.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ServerBinariesTest {

    @Test
    void the_archive_is_named_after_the_platform() {
        assertEquals("postgres-linux-x86_64.txz", ServerBinaries.archiveName("Linux", "amd64"));
        assertEquals("postgres-linux-arm_64.txz", ServerBinaries.archiveName("Linux", "aarch64"));
        assertEquals("postgres-darwin-arm_64.txz", ServerBinaries.archiveName("Mac OS X", "aarch64"));
        assertEquals("postgres-darwin-x86_64.txz", ServerBinaries.archiveName("Mac OS X", "x86_64"));
    }
}
