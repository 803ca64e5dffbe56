/**
 * Keeps mappings open: renews them before they end, notices when they are lost, opens them again, and removes those
 * that are no longer wanted. {@link dev.ajar.keeper.decision.Reconciler}, a pure function of the state, decides what to
 * do next; {@link dev.ajar.keeper.Keeper} does it, and {@link dev.ajar.keeper.KeeperLoop} says when.
 */
@NullMarked
package dev.ajar.keeper;

import org.jspecify.annotations.NullMarked;
