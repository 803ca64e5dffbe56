/**
 * In {@code ajar-core} only: what its libraries log goes to {@link java.lang.System.Logger}. They have slf4j under
 * another name there, so that the program's own slf4j neither sees nor needs it.
 */
@NullMarked
package dev.ajar.embed.log;

import org.jspecify.annotations.NullMarked;
