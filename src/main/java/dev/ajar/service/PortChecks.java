package dev.ajar.service;

import dev.ajar.doctor.Check;
import java.util.List;

/** The checks of one port. */
public record PortChecks(String label, List<Check> checks) {
    public PortChecks {
        checks = List.copyOf(checks);
    }
}
