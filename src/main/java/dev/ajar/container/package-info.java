/** Which ports containers ask for by their labels, and whether they can be opened: pure. */
@NullMarked
package dev.ajar.container;

import org.jspecify.annotations.NullMarked;
