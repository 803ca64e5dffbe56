/** What an operation is given: its time, its owner, where it shows progress. */
@NullMarked
package dev.ajar.mapping.request;

import org.jspecify.annotations.NullMarked;
