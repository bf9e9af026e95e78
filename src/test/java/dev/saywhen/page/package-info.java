/** The page in a real Chromium, at the size of a desk and of a phone, by typing, tapping and keyboard alone. */
@NullMarked
package dev.saywhen.page;

import org.jspecify.annotations.NullMarked;
