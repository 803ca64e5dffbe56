/** Turns the values that users type into objects, or refuses them with a sentence that says how to write them. Pure. */
@NullMarked
package dev.ajar.syntax;

import org.jspecify.annotations.NullMarked;
