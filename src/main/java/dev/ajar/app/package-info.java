/** The composition root: knows every other package, and nobody knows it. */
@NullMarked
package dev.ajar.app;

import org.jspecify.annotations.NullMarked;
