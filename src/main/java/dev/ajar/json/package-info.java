/** Reads and writes JSON with Jackson's streaming API: data binding would slow each start by some 50 ms. */
@NullMarked
package dev.ajar.json;

import org.jspecify.annotations.NullMarked;
