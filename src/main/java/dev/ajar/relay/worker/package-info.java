/**
 * The relay as a process of its own: one that carries and faces the internet, and the other that starts it, tells it the
 * rules, and starts it again should it end. They talk in lines of JSON, over the first one's standard input and output.
 */
@NullMarked
package dev.ajar.relay.worker;

import org.jspecify.annotations.NullMarked;
