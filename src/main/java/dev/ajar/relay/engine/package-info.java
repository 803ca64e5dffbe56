/** What carries the bytes, on Netty: nothing outside this package knows it. */
@NullMarked
package dev.ajar.relay.engine;

import org.jspecify.annotations.NullMarked;
