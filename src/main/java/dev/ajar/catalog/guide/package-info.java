/** Makes the steps for forwarding certain ports from the guide of a make of router. Pure. */
@NullMarked
package dev.ajar.catalog.guide;

import org.jspecify.annotations.NullMarked;
