/**
 * What an engineer with a model can use, one file each. All of them are in {@link dev.saywhen.tool.ToolBox}.
 *
 * <p>Whoever calls a tool may mean no good: every path, pattern and argument is looked at here before the files or the gate
 * see it, and a no is told and recorded, never thrown.
 *
 * <p>May depend on: {@code id}, {@code plan}, {@code engineer}, {@code run}, {@code safety}.
 */
@NullMarked
package dev.saywhen.tool;

import org.jspecify.annotations.NullMarked;
