package dev.saywhen.adapter.console;

/** What went wrong, as RFC 9457 writes it. */
record Problem(String title, int status, String detail) {
    static final String TYPE = "application/problem+json";
}
