package dev.saywhen.adapter.blueprint.understanding;

import java.util.Optional;

/**
 * Something that has to be known before a plan can be made.
 *
 * @param text what is asked, with what would be taken if nobody answers
 * @param assumption what is assumed if nobody answers; absent where nothing sensible can be
 */
public record Question(String text, Optional<String> assumption) {}
