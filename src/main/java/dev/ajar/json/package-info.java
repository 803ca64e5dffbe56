/** Reads and writes JSON with Jackson's streaming API: data binding would make each start some 50 ms slower. */
@NullMarked
package dev.ajar.json;

import org.jspecify.annotations.NullMarked;
