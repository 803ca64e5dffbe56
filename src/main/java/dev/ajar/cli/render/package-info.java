/** What people and programs read: lines for a terminal, one JSON document, exit codes, and what to do next. */
@NullMarked
package dev.ajar.cli.render;

import org.jspecify.annotations.NullMarked;
