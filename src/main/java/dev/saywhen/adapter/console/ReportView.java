package dev.saywhen.adapter.console;

/** What REVIEW found, as Markdown. */
record ReportView(String run, String markdown) {}
