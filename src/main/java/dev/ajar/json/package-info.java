/** JSON in and out, by Jackson's streaming API alone: data binding would cost each start some 50 ms. */
@NullMarked
package dev.ajar.json;

import org.jspecify.annotations.NullMarked;
