/** {@code ajar demo}: opens and closes ports on the embedded router, and explains each step. */
@NullMarked
package dev.ajar.demo;

import org.jspecify.annotations.NullMarked;
