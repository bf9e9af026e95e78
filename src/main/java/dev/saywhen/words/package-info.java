/**
 * What people say: consent phrases, near misses, commands and stop words. Pure functions over text.
 *
 * <p>Entry points: {@link dev.saywhen.words.StopRecognition}, which is asked first, then
 * {@link dev.saywhen.words.ConsentPhrases}, {@link dev.saywhen.words.Commands} and
 * {@link dev.saywhen.words.NearMiss}, in this order. Consent is narrow and works on the text as it came; STOP and near
 * misses are generous and work on a folded copy. Every function takes time linear in the length of the text: whoever
 * holds a STOP back with a strange message holds it back from everybody.
 *
 * <p>May depend on: {@code java}, JSpecify.
 */
@NullMarked
package dev.saywhen.words;

import org.jspecify.annotations.NullMarked;
