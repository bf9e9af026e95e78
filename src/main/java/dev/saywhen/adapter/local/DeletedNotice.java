package dev.saywhen.adapter.local;

import org.jspecify.annotations.Nullable;

/** That a message is gone. */
record DeletedNotice(String id, String channel, @Nullable String thread) {}
