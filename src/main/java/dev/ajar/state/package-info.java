/** What must survive the process: which mappings ajar made, written down before the router hears of them. */
@NullMarked
package dev.ajar.state;

import org.jspecify.annotations.NullMarked;
