/**
 * Sentences for people as data: code holds a key and named values, and {@code messages/AREA.properties} holds the text.
 * The first part of a key is its area. The file of an area is read when its first sentence is shown.
 */
@NullMarked
package dev.ajar.message;

import org.jspecify.annotations.NullMarked;
