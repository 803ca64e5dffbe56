/** What the operations report, as values. */
@NullMarked
package dev.ajar.mapping.report;

import org.jspecify.annotations.NullMarked;
