/**
 * The documents of requests to the daemon and of its answers, written and read (docs/control.md).
 */
@NullMarked
package dev.ajar.service.json;

import org.jspecify.annotations.NullMarked;
