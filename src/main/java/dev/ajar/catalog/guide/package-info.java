/** The manual way: a make's guide and the wanted ports, turned into numbered steps. Pure. */
@NullMarked
package dev.ajar.catalog.guide;

import org.jspecify.annotations.NullMarked;
