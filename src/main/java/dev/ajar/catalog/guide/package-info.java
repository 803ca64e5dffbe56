/** Turns the guide of a make of router and the ports to forward into numbered steps. Pure. */
@NullMarked
package dev.ajar.catalog.guide;

import org.jspecify.annotations.NullMarked;
