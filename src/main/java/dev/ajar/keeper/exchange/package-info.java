/** How the keeper asks gateways and saves what they granted, beside the thread that decides. */
@NullMarked
package dev.ajar.keeper.exchange;

import org.jspecify.annotations.NullMarked;
