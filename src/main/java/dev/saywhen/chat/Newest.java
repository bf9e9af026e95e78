package dev.saywhen.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Collections that hold no more than so many, and let go of the oldest for a new one. */
public final class Newest {
    private Newest() {}

    /** By when a key was put first. For one thread at a time. */
    public static <K, V> Map<K, V> map(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** By when it was added first. For all threads. */
    public static <T> Set<T> set(int most) {
        return Collections.newSetFromMap(Collections.synchronizedMap(map(most)));
    }
}
