package dev.ajar.cli.router;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.InterfaceCatalog;
import dev.ajar.cli.context.CliContext;
import dev.ajar.document.ManualHint;
import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.RouterAdministration;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Result;
import java.util.List;
import java.util.Optional;

/**
 * Where no protocol opens the port: the router's own interface, if its owner has given ajar the password and says yes
 * now, or has said so in the configuration.
 */
public final class RouterFallback {
    /** Of the configuration: whether the router's interface may be used. */
    static final String SETTING = "router";

    private static final String ALLOWED = "allow";
    private static final String NEVER = "never";

    private final CliContext context;
    private final boolean wanted;
    private final Optional<Enrolment> known;
    private final String title;

    private RouterFallback(CliContext context, boolean wanted, Optional<Enrolment> known, String title) {
        this.context = context;
        this.wanted = wanted;
        this.known = known;
        this.title = title;
    }

    /**
     * Sends nothing.
     *
     * @param result of the protocols
     * @param selection that the user gave; one that names a protocol is kept to
     */
    public static RouterFallback of(CliContext context, OpenResult result, GatewaySelector selection) {
        Optional<Failure> failure = result.failure().or(result::firstFailure);
        boolean wanted = selection.protocols().isAutomatic()
                && !result.isAnyOpen()
                && failure.filter(Failure::isHelpedByHand).isPresent();
        if (wanted
                && context.routers().administration().get()
                        instanceof Result.Ok<RouterAdministration>(RouterAdministration administration)) {
            Optional<Enrolment> known = administration
                    .known()
                    .filter(one -> selection
                            .gateway()
                            .filter(other -> !other.equals(one.address()))
                            .isEmpty());
            return new RouterFallback(
                    context, true, known, known.map(administration::title).orElse(""));
        }
        return new RouterFallback(context, wanted, Optional.empty(), "");
    }

    /** @return how to ask again, if the owner has agreed */
    public Optional<GatewaySelector> agreed(GatewaySelector selection, boolean mayAsk) {
        String setting = context.settings().apply(SETTING).orElse("");
        boolean yes = known.isPresent()
                && !setting.equals(NEVER)
                && (setting.equals(ALLOWED) || (mayAsk && agrees(known.get())));
        return yes
                ? Optional.of(new GatewaySelector(
                        ProtocolChoice.only(AdminProtocol.ROUTER),
                        selection.gateway(),
                        Optional.empty(),
                        selection.ipVersion(),
                        selection.from()))
                : Optional.empty();
    }

    /** Whether UPnP was switched on just now, after a yes, so that the protocols are worth another try. */
    public boolean switchedUpnpOn(boolean mayAsk) {
        String setting = context.settings().apply(SETTING).orElse("");
        boolean asks = mayAsk && known.isPresent() && !setting.equals(NEVER) && !setting.equals(ALLOWED);
        return asks
                && context.routers().administration().get()
                        instanceof Result.Ok<RouterAdministration>(RouterAdministration administration)
                && new RouterUpnp(context, administration, false, false, false).switchedOnInstead(known.get());
    }

    private boolean agrees(Enrolment router) {
        return context.routers()
                .agrees()
                .test(context.terminal()
                        .text("router.ask-open", "router", title, "address", Addresses.text(router.address())));
    }

    /** What ajar could do instead of the steps by hand. */
    public Optional<Message> hint(ManualHint byHand, List<String> words) {
        if (!wanted) {
            return Optional.empty();
        }
        if (known.isPresent()) {
            return Optional.of(Message.of("router.hint-open", "ports", String.join(" ", words)));
        }
        boolean possible = byHand.router().equals(new GuideCatalog().generic().id())
                || new InterfaceCatalog().find(byHand.router()).isPresent();
        return possible ? Optional.of(Message.of("router.hint-add")) : Optional.empty();
    }
}
