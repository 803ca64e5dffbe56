/** Sentences for people in JSON: as their keys and values, so that a reader can show them in another language. */
@NullMarked
package dev.ajar.json.sentence;

import org.jspecify.annotations.NullMarked;
