/** What the keeper does next, and what an answer, a restart or another network changes. Pure. */
@NullMarked
package dev.ajar.keeper.decision;

import org.jspecify.annotations.NullMarked;
