/** QR codes for a terminal, on the library qrcodegen. Loaded only for {@code --qr}. */
@NullMarked
package dev.ajar.cli.qr;

import org.jspecify.annotations.NullMarked;
