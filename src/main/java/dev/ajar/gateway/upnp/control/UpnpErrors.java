package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.RouterError;
import dev.ajar.model.RouterText;
import java.util.Optional;

/** What the error codes mean (UPnP Device Architecture 1.1, table 3-3; WANIPConnection:1 and :2, section 2.4). */
final class UpnpErrors {
    /** The router said no and gave no code. */
    static final int NOT_SAID = 0;

    static final int INVALID_ACTION = 401;
    static final int INVALID_ARGS = 402;
    static final int ACTION_FAILED = 501;
    static final int OPTIONAL_ACTION_MISSING = 602;
    static final int NOT_AUTHORIZED = 606;
    static final int INDEX_INVALID = 713;
    static final int NO_SUCH_ENTRY = 714;
    static final int CONFLICT = 718;
    private static final int CONFLICT_WITH_OTHER_MECHANISM = 729;
    private static final int NO_WILDCARD_HOST = 715;
    private static final int ONLY_WILDCARD_HOST = 726;
    private static final int LAST_KNOWN = 799;
    static final int SAME_PORT_REQUIRED = 724;
    static final int NOT_FOUND_IN_RANGE = 730;

    private UpnpErrors() {}

    static boolean isConflict(int code) {
        return code == CONFLICT || code == CONFLICT_WITH_OTHER_MECHANISM;
    }

    static boolean isNoSuchEntry(int code) {
        return code == NO_SUCH_ENTRY || code == NOT_FOUND_IN_RANGE;
    }

    /** The codes that the documents have for the end of a list. */
    static boolean endsList(int code) {
        return code == INDEX_INVALID || isNoSuchEntry(code);
    }

    /** Codes that do not say what is wrong: 501, none at all, and what no document knows. */
    static boolean isUnexplained(int code) {
        return code == ACTION_FAILED || code <= NOT_SAID || code > LAST_KNOWN;
    }

    static Optional<RouterError> error(int code, RouterText text) {
        return Optional.of(new RouterError(UpnpProtocol.UPNP, code, text));
    }

    /** What a refusal of {@code request} comes to. A code that does not fit it says nothing. */
    static Failure failure(int code, RouterText text, PortMappingRequest request, String remoteHost) {
        boolean fits = switch (code) {
            case SAME_PORT_REQUIRED ->
                !request.externalPort().equals(request.internal().port());
            case ONLY_WILDCARD_HOST -> !remoteHost.isEmpty();
            case NO_WILDCARD_HOST -> remoteHost.isEmpty();
            default -> true;
        };
        return fits ? failure(code, text) : new Failure.Unsupported(Message.of("upnp.unexplained"), error(code, text));
    }

    /** What a refused AddPortMapping comes to when nothing else is known of it. */
    static Failure failure(int code, RouterText text) {
        Optional<RouterError> error = error(code, text);
        return switch (code) {
            case NOT_AUTHORIZED -> new Failure.Refused(Message.of("upnp.not-allowed"), error);
            case CONFLICT, CONFLICT_WITH_OTHER_MECHANISM ->
                new Failure.Conflict(Message.of("upnp.port-taken"), Optional.empty(), error);
            case 728, 603 -> new Failure.NoResources(Message.of("upnp.list-full"), error);
            case SAME_PORT_REQUIRED -> new Failure.Unsupported(Message.of("upnp.same-port-only"), error);
            case ONLY_WILDCARD_HOST -> new Failure.Unsupported(Message.of("upnp.no-remote-host"), error);
            case NO_WILDCARD_HOST -> new Failure.Unsupported(Message.of("upnp.remote-host-needed"), error);
            case 401, 404, 602 -> new Failure.Unsupported(Message.of("upnp.no-forwarding"), error);
            case 731 -> new Failure.Refused(Message.of("upnp.list-read-only"), error);
            default -> new Failure.Unsupported(Message.of("upnp.unexplained"), error);
        };
    }
}
