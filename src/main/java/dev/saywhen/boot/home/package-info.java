/**
 * The folder an installation lives in ({@code saywhen.home}), claimed by one service at a time. Entry point:
 * {@link dev.saywhen.boot.home.Home}.
 *
 * <p>May depend on: {@code java}, JSpecify.
 */
@NullMarked
package dev.saywhen.boot.home;

import org.jspecify.annotations.NullMarked;
