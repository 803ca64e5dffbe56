package dev.ajar.doctor;

import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.model.Endpoint;
import dev.ajar.model.IpVersion;
import dev.ajar.model.TransportProtocol;
import java.util.Optional;

/** A port that ajar has opened, as the state file tells it. */
final class OpenPort {
    private OpenPort() {}

    /** To the same port of this machine. */
    static ReportedMapping to(Endpoint internal, IpVersion version) {
        return new ReportedMapping(
                TransportProtocol.TCP,
                version,
                internal.port(),
                internal.port(),
                internal,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                "ajar",
                ReportedMapping.Status.OPEN,
                Optional.empty());
    }
}
