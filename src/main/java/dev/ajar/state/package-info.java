/**
 * The contents of the state file: the mappings that ajar has made, recorded before they are requested, and those it
 * keeps open.
 */
@NullMarked
package dev.ajar.state;

import org.jspecify.annotations.NullMarked;
