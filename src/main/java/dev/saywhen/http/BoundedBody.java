package dev.saywhen.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The body of an answer, of which no more is read than anybody can want. */
public final class BoundedBody extends FilterInputStream {
    private final AtomicInteger left;
    private final Supplier<? extends RuntimeException> tooLong;

    /**
     * @param left how many bytes there may be, of this body and of all others that share the count
     * @param tooLong what is thrown where there are more
     */
    public BoundedBody(InputStream in, AtomicInteger left, Supplier<? extends RuntimeException> tooLong) {
        super(in);
        this.left = left;
        this.tooLong = tooLong;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        took(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        took(Math.max(0, count));
        return count;
    }

    private void took(int count) {
        if (left.addAndGet(-count) < 0) {
            throw tooLong.get();
        }
    }
}
