package dev.saywhen.adapter.mcp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** No more of an answer than anybody can want. */
final class BoundedAnswer extends FilterInputStream {
    static final int LONGEST = 4 << 20;

    private int left = LONGEST;

    BoundedAnswer(InputStream in) {
        super(in);
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
        left -= count;
        if (left < 0) {
            throw new Trouble.TooLong();
        }
    }
}
