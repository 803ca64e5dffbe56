package dev.ajar.document;

import dev.ajar.mapping.report.StatusReport;

/** The document of {@code ajar address --json}. */
public final class AddressJson {
    private AddressJson() {}

    /** An address that the internet cannot reach, or none, is of no use to a friend. */
    public static ExitCode exitCode(StatusReport report) {
        return report.failure().map(ExitCode::of).orElseGet(() -> switch (report.reachability()) {
            case PUBLIC -> ExitCode.DONE;
            case PRIVATE, CARRIER_GRADE, UNKNOWN -> ExitCode.NOT_REACHABLE;
        });
    }

    public static String write(StatusReport report, ExitCode exitCode) {
        return JsonMembers.document("address", exitCode)
                .with("external_address", JsonMembers.address(report.externalAddress()))
                .with("reachability", report.reachability().key())
                .with("internet_side", StatusJson.side(report.side()))
                .with("attempts", JsonMembers.attempts(report.attempts()))
                .write(report.failure());
    }
}
