/** The composition root: uses the other packages, and no package uses it. */
@NullMarked
package dev.ajar.app;

import org.jspecify.annotations.NullMarked;
