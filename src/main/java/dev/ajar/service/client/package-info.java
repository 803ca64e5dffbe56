/**
 * The daemon as a service: finds the one of this user, sends it requests and reads its answers, or leaves the work to
 * this process.
 */
@NullMarked
package dev.ajar.service.client;

import org.jspecify.annotations.NullMarked;
