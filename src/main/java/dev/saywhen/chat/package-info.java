/**
 * Words exchanged with people, on whatever platform. Start at {@link dev.saywhen.chat.ChatGateway}.
 *
 * <p>May depend on: {@code id}.
 */
@NullMarked
package dev.saywhen.chat;

import org.jspecify.annotations.NullMarked;
