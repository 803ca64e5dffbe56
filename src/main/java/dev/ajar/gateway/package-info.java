/** The interface that every protocol implements, and what a search for gateways brings back. */
@NullMarked
package dev.ajar.gateway;

import org.jspecify.annotations.NullMarked;
