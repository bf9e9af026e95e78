package dev.saywhen.adapter.mcp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** No more of all the answers of a session than anybody can want. */
final class BoundedAnswer extends FilterInputStream {
    static final int LONGEST = 4 << 20;

    private final AtomicInteger left;

    /** @param left how many bytes there may be, this answer's and those of the next ones */
    BoundedAnswer(InputStream in, AtomicInteger left) {
        super(in);
        this.left = left;
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
            throw new Trouble.TooLong();
        }
    }
}
