/** What all commands share: their interface, what they need from outside, the options of those that ask a gateway. */
@NullMarked
package dev.ajar.cli.context;

import org.jspecify.annotations.NullMarked;
