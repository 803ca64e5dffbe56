package dev.ajar.cli.hint;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.doctor.HostProbe;
import dev.ajar.document.ManualHint;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.service.RouterRecognition;
import java.util.List;
import java.util.Optional;

/** If no protocol opens the port, the user can do it on the router's own page. */
public final class ManualHintFinder {
    private ManualHintFinder() {}

    /**
     * @param words as the user typed them, for the {@code ajar guide} that is suggested
     * @return empty if a port was opened, or if the router's page could not help either
     */
    public static Optional<ManualHint> of(OpenResult report, List<String> words, HostProbe hostProbe) {
        // The forwarding rules on a router's page are for IPv4.
        boolean overIpv6Alone =
                report.failure().isEmpty() && report.over(IpVersion.IPV4).isEmpty();
        Optional<Failure> failure = report.failure().or(report::firstFailure);
        if (overIpv6Alone || failure.filter(Failure::isHelpedByHand).isEmpty()) {
            return Optional.empty();
        }
        List<GatewayInfo> found = report.gateway().stream().toList();
        RouterGuide guide = RouterRecognition.of(found, hostProbe).guide();
        Message known =
                GuideCatalog.isGeneric(guide) ? Message.of("command.router-yours") : Message.verbatim(guide.name());
        return Optional.of(new ManualHint(
                guide.id(),
                known,
                guide.form().map(RouterGuide.Form::path).orElse(List.of()),
                guide.instead(),
                "ajar guide " + String.join(" ", words)));
    }
}
