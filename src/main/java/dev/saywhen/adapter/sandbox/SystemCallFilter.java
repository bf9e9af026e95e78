package dev.saywhen.adapter.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The system calls a command is refused: those that reach around the namespaces.
 *
 * <ul>
 *   <li>sockets other than local, IPv4, IPv6 and netlink: {@code AF_VSOCK} knows no network namespace and leads from a
 *       virtual machine to its host;
 *   <li>the kernel's key rings, which are inherited;
 *   <li>io_uring, which opens sockets past this filter, and {@code openat2}, whose arguments a filter cannot see;
 *   <li>bpf, perf events and userfaultfd: nothing that builds and tests needs them, and much was broken through them;
 *   <li>making files set-user-id: outside they belong to the service's user, and would run as it for whoever finds them.
 * </ul>
 *
 * <p>The program is classic BPF as in seccomp(2), {@code struct sock_filter[]}; both processors are little endian.
 */
final class SystemCallFilter {
    private static final int ALLOW = 0x7fff0000;
    private static final int REFUSE = 0x00050000;
    private static final int NOT_PERMITTED = REFUSE | 1;
    private static final int NO_SUCH_CALL = REFUSE | 38;
    private static final int NO_SUCH_FAMILY = REFUSE | 97;

    private static final int SET_ID_BITS = 06000;
    private static final int CREATES = 0100 | 020000000;
    private static final int[] SOCKET_FAMILIES = {1, 2, 10, 16};

    private static final int LOAD = 0x20;
    private static final int RETURN = 0x06;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int IF_ANY_BIT = 0x45;

    private static final int CALL_NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;

    /** A call that is refused when one of its arguments carries a set-id bit; {@code flags} is -1 where it always creates. */
    private record Creating(int call, int flags, int mode) {}

    /** The numbers of one processor; {@code prctl} is what loads a filter. */
    private record Numbers(
            int architecture,
            int prctl,
            int socket,
            List<Integer> forbidden,
            List<Integer> unknown,
            List<Creating> creating) {}

    private static final Numbers X86_64 = new Numbers(
            0xc000003e,
            157,
            41,
            List.of(248, 249, 250, 298, 321, 323),
            List.of(425, 426, 427, 437),
            List.of(
                    new Creating(2, 1, 2),
                    new Creating(85, -1, 1),
                    new Creating(90, -1, 1),
                    new Creating(91, -1, 1),
                    new Creating(133, -1, 1),
                    new Creating(257, 2, 3),
                    new Creating(259, -1, 2),
                    new Creating(268, -1, 2),
                    new Creating(452, -1, 2)));

    private static final Numbers AARCH64 = new Numbers(
            0xc00000b7,
            167,
            198,
            List.of(217, 218, 219, 241, 280, 282),
            List.of(425, 426, 427, 437),
            List.of(
                    new Creating(33, -1, 2),
                    new Creating(52, -1, 1),
                    new Creating(53, -1, 2),
                    new Creating(56, 2, 3),
                    new Creating(452, -1, 2)));

    private final Numbers numbers;
    private final List<long[]> instructions = new ArrayList<>();

    private SystemCallFilter(Numbers numbers) {
        this.numbers = numbers;
        write();
    }

    /** Empty on a processor whose numbers are not written down here. */
    static Optional<SystemCallFilter> forThisMachine() {
        return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> Optional.of(new SystemCallFilter(X86_64));
            case "aarch64", "arm64" -> Optional.of(new SystemCallFilter(AARCH64));
            default -> Optional.empty();
        };
    }

    byte[] program() {
        ByteBuffer bytes = ByteBuffer.allocate(instructions.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
        instructions.forEach(one -> bytes.putShort((short) one[0])
                .put((byte) one[1])
                .put((byte) one[2])
                .putInt((int) one[3]));
        return bytes.array();
    }

    /** The number of the call that loads a filter on this processor. */
    int prctl() {
        return numbers.prctl();
    }

    private void write() {
        load(ARCHITECTURE);
        unless(IF_EQUAL, numbers.architecture(), NO_SUCH_CALL);
        load(CALL_NUMBER);
        // The x32 calls of x86_64 have numbers of their own.
        when(IF_AT_LEAST, 0x40000000, NO_SUCH_CALL);
        numbers.unknown().forEach(call -> when(IF_EQUAL, call, NO_SUCH_CALL));
        numbers.forbidden().forEach(call -> when(IF_EQUAL, call, NOT_PERMITTED));
        sockets();
        numbers.creating().forEach(this::creating);
        add(RETURN, 0, 0, ALLOW);
    }

    private void sockets() {
        add(IF_EQUAL, 0, SOCKET_FAMILIES.length + 3, numbers.socket());
        load(FIRST_ARGUMENT);
        for (int i = 0; i < SOCKET_FAMILIES.length; i++) {
            add(IF_EQUAL, SOCKET_FAMILIES.length - i, 0, SOCKET_FAMILIES[i]);
        }
        add(RETURN, 0, 0, NO_SUCH_FAMILY);
        add(RETURN, 0, 0, ALLOW);
    }

    private void creating(Creating one) {
        boolean onlyWithFlags = one.flags() >= 0;
        add(IF_EQUAL, 0, onlyWithFlags ? 6 : 4, one.call());
        if (onlyWithFlags) {
            load(FIRST_ARGUMENT + 8 * one.flags());
            add(IF_ANY_BIT, 0, 3, CREATES);
        }
        load(FIRST_ARGUMENT + 8 * one.mode());
        when(IF_ANY_BIT, SET_ID_BITS, NOT_PERMITTED);
        add(RETURN, 0, 0, ALLOW);
    }

    private void when(int condition, int value, int verdict) {
        add(condition, 0, 1, value);
        add(RETURN, 0, 0, verdict);
    }

    private void unless(int condition, int value, int verdict) {
        add(condition, 1, 0, value);
        add(RETURN, 0, 0, verdict);
    }

    private void load(int offset) {
        add(LOAD, 0, 0, offset);
    }

    private void add(int code, int whenTrue, int whenFalse, int value) {
        instructions.add(new long[] {code, whenTrue, whenFalse, value});
    }
}
