package dev.ajar.cli.render;

/** How wide a line is on a terminal, for tests. */
public final class Columns {
    private Columns() {}

    public static int of(String line) {
        return DisplayWidth.of(line.replaceAll("\u001b\\[[0-9;]*m", ""));
    }
}
