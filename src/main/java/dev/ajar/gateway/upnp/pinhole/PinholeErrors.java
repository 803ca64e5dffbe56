package dev.ajar.gateway.upnp.pinhole;

import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.RouterError;
import dev.ajar.model.RouterText;
import dev.ajar.model.Target;
import java.util.Optional;

/** What the error codes mean (WANIPv6FirewallControl:1, section 2.4; UPnP Device Architecture 1.1, table 3-3). */
final class PinholeErrors {
    static final int INVALID_ARGS = 402;
    static final int NOT_AUTHORIZED = 606;
    static final int NO_SPACE = 701;
    static final int FIREWALL_DISABLED = 702;
    static final int PINHOLES_NOT_ALLOWED = 703;
    static final int NO_SUCH_PINHOLE = 704;
    static final int NO_TRAFFIC = 709;
    private static final int NO_REMOTE_WILDCARD = 708;

    private PinholeErrors() {}

    static Failure failure(int code, RouterText text, Claim claim) {
        Optional<RouterError> error = Optional.of(new RouterError(UpnpProtocol.UPNP, code, text));
        return switch (code) {
            case NOT_AUTHORIZED ->
                claim.mapping().target() instanceof Target.OtherHost other
                        ? new Failure.ForeignHostRefused(other.client(), error)
                        : new Failure.Refused(Message.of("pinhole.not-allowed"), error);
            case PINHOLES_NOT_ALLOWED -> notAllowed(error);
            case NO_SPACE -> new Failure.NoResources(Message.of("pinhole.no-room"), error);
            case NO_REMOTE_WILDCARD -> new Failure.Unsupported(Message.of("pinhole.remote-host-needed"), error);
            default -> new Failure.Unsupported(Message.of("pinhole.unexplained"), error);
        };
    }

    static Failure notAllowed(Optional<RouterError> error) {
        return new Failure.Refused(Message.of("pinhole.switched-off"), error);
    }
}
