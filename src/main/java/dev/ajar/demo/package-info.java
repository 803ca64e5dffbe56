/** {@code ajar demo}: the whole story, told on the embedded router. */
@NullMarked
package dev.ajar.demo;

import org.jspecify.annotations.NullMarked;
