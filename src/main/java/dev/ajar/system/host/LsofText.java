package dev.ajar.system.host;

import dev.ajar.model.Port;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What {@code lsof -nP -F pn} prints: a line for a process, and below it those of its files. */
final class LsofText {
    private LsofText() {}

    /**
     * The processes that receive at that port. Asked for a port, lsof also names those that send to it elsewhere, such
     * as a browser, and those that only this machine reaches.
     */
    static List<Long> having(Port port, String text) {
        Set<Long> all = new LinkedHashSet<>();
        long process = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.matches("p[1-9]\\d{0,9}")) {
                process = Long.parseLong(line.substring(1));
            } else if (process > 0 && line.startsWith("n") && isAt(port, line.substring(1))) {
                all.add(process);
            }
        }
        return new ArrayList<>(all);
    }

    private static boolean isAt(Port port, String name) {
        return name.endsWith(":" + port)
                && !name.contains("->")
                && !name.startsWith("127.")
                && !name.startsWith("[::1]")
                && !name.startsWith("localhost:");
    }
}
