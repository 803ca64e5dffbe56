/** The one interface all protocols are plugged in behind, and what a search for gateways brings back. */
@NullMarked
package dev.ajar.gateway;

import org.jspecify.annotations.NullMarked;
