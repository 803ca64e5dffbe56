/**
 * Watches a container engine over its socket: a reader of Docker's interface, which Podman has too. It changes nothing.
 */
@NullMarked
package dev.ajar.container.engine;

import org.jspecify.annotations.NullMarked;
