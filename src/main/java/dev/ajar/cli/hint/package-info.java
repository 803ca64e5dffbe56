/** What commands say beside their result: what stands in the way on this machine, and the rule to make by hand. */
@NullMarked
package dev.ajar.cli.hint;

import org.jspecify.annotations.NullMarked;
