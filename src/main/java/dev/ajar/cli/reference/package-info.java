/**
 * The grammar of the commands as other programs read it: manual pages, and completions for shells. Pure: {@code cli}
 * hands in the commands as values, and the texts come out.
 */
@NullMarked
package dev.ajar.cli.reference;

import org.jspecify.annotations.NullMarked;
