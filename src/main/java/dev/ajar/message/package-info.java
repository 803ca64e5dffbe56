/**
 * Sentences for people, as data: code names a sentence by its key and fills in named values, the text stands in
 * {@code messages/AREA.properties}. The first part of a key is its area, and an area's file is read when the first of its
 * sentences is shown.
 */
@NullMarked
package dev.ajar.message;

import org.jspecify.annotations.NullMarked;
