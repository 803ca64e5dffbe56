/**
 * Keeps mappings open: renews them before they end, notices when they are lost, opens them again, and removes what nobody
 * wants any more. What to do is decided by {@link dev.ajar.keeper.Reconciler}, a pure function of what is wanted, held and
 * known; {@link dev.ajar.keeper.Keeper} does it.
 */
@NullMarked
package dev.ajar.keeper;

import org.jspecify.annotations.NullMarked;
