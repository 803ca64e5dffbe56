/** What people type, made into values. Pure, and every refusal says what was wrong and what would be right. */
@NullMarked
package dev.ajar.syntax;

import org.jspecify.annotations.NullMarked;
