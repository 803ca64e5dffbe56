package dev.ajar.cli.hint;

import dev.ajar.catalog.InterfaceCatalog;
import dev.ajar.catalog.RouterInterface;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.render.RouterReport;
import dev.ajar.message.Message;
import java.util.List;

/** What other commands say of the router's own interface. No request is sent. */
public final class OwnInterfaceLines {
    private OwnInterfaceLines() {}

    /** At the end of the steps by hand: that ajar can do them, and how its knowledge of that make was come by. */
    public static List<Message> below(String router) {
        return new InterfaceCatalog()
                .find(router)
                .map(make ->
                        List.of(Message.of("router.hint-add"), Message.of(RouterReport.evidenceKey(make.evidence()))))
                .orElse(List.of());
    }

    /** For the router whose password ajar has. */
    public static List<Message> ofEnrolled(CliContext context) {
        return context.routers()
                .known()
                .flatMap(one -> new InterfaceCatalog().find(one.make()))
                .map(OwnInterfaceLines::told)
                .orElse(List.of());
    }

    private static List<Message> told(RouterInterface make) {
        return List.of(
                Message.of("router.enrolled-here", "router", make.title()),
                Message.of(RouterReport.evidenceKey(make.evidence())));
    }
}
