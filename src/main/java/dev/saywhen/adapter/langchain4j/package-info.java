/**
 * The engineer that thinks with a model, through LangChain4j: providers, calls, turns and forms. Start at
 * {@link dev.saywhen.adapter.langchain4j.ModelEngineer}.
 *
 * <p>Nothing that a model says has authority here: its words are shown as the engineer's, its plans wait for a yes like
 * all others, and its tools pass the gate.
 */
@NullMarked
package dev.saywhen.adapter.langchain4j;

import org.jspecify.annotations.NullMarked;
