/**
 * {@link dev.ajar.service.PortService}, with its requests and reports as values, and its implementation in this
 * process; the interface to the long-running work behind it.
 */
@NullMarked
package dev.ajar.service;

import org.jspecify.annotations.NullMarked;
