/**
 * Fakes that implement the real interfaces: time a test owns, datagrams it scripts, a command line it reads.
 *
 * <p>Some tests write the numbers of a document. What a test records through {@link dev.ajar.testing.MeasurementLog}
 * becomes a row of the table in docs/testing.md ("What awkward and hostile routers come to") by way of {@code
 * test-fixtures/report/report.sh}. The short name, such as {@code H3}, is the coupling: it is used by the test, by the
 * script and in the table. Change it in all three, and write the table anew when a test counts something else.
 */
@NullMarked
package dev.ajar.testing;

import org.jspecify.annotations.NullMarked;
