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
import dev.ajar.system.EagerValue;
import dev.ajar.system.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * If no protocol opens the port, the user can do it on the router's own page. The guides are read while a silent router
 * keeps the command waiting; a router that answers soon costs none of that.
 */
public final class ManualHintFinder implements AutoCloseable {
    /** Most routers that open a port have done so by then. */
    private static final Duration SILENCE = Duration.ofMillis(700);

    private final EagerValue<GuideCatalog> guides;

    private ManualHintFinder(EagerValue<GuideCatalog> guides) {
        this.guides = guides;
    }

    /** Begins to wait for the silence of the router. */
    public static ManualHintFinder begin(Pause pause) {
        return new ManualHintFinder(
                EagerValue.after("guides", () -> pause.pause(SILENCE), ManualHintFinder::readGuides));
    }

    private static GuideCatalog readGuides() {
        GuideCatalog catalog = new GuideCatalog();
        catalog.all();
        return catalog;
    }

    @Override
    public void close() {
        guides.close();
    }

    /**
     * @param words as the user typed them, for the {@code ajar guide} that is suggested
     * @return empty if a port was opened, or if the router's page could not help either
     */
    public Optional<ManualHint> find(OpenResult report, List<String> words, HostProbe hostProbe) {
        // The forwarding rules on a router's page are for IPv4.
        boolean overIpv6Alone =
                report.failure().isEmpty() && report.over(IpVersion.IPV4).isEmpty();
        Optional<Failure> failure = report.failure().or(report::firstFailure);
        if (overIpv6Alone || failure.filter(Failure::isHelpedByHand).isEmpty()) {
            return Optional.empty();
        }
        List<GatewayInfo> found = report.gateway().stream().toList();
        RouterGuide guide = RouterRecognition.of(found, hostProbe, guides).guide();
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
