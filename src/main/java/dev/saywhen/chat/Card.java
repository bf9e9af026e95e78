package dev.saywhen.chat;

import java.util.List;

/** A message's parts for platforms that can show more than text. The text of the message says all of it too. */
public record Card(String kind, String title, List<Section> sections) {
    /** A part that a reader may fold. */
    public record Section(String heading, List<String> lines) {
        public Section {
            lines = List.copyOf(lines);
        }
    }

    public Card {
        sections = List.copyOf(sections);
    }
}
