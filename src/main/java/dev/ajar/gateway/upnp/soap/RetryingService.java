package dev.ajar.gateway.upnp.soap;

import dev.ajar.gateway.upnp.description.WanService;
import dev.ajar.gateway.upnp.xml.SoapEnvelope;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.model.Durations;
import dev.ajar.model.Failure;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Calls the actions of one service: a query whose answer was lost is repeated, and where a control URL may mean several
 * addresses, or the router reads bodies of another form, the first call finds out which.
 */
public final class RetryingService {
    private static final Duration QUERY_TIME = Duration.ofSeconds(5);

    /** Some routers rewrite their firewall before they answer; the architecture allows them 30 s. */
    private static final Duration CHANGE_TIME = Duration.ofSeconds(15);

    /** Where packets get lost, another connection is better than a longer wait. */
    private static final Duration HASTY_QUERY_TIME = Duration.ofMillis(2500);

    private static final Duration HASTY_CHANGE_TIME = Duration.ofSeconds(10);

    private static final int MOST_TRIES = 6;

    private final SoapClient soap;

    private final ServicePlace shared;

    private WanService service;

    /** Which of the service's control URLs is asked. */
    private int place;

    /** Whether the router answered there. */
    private boolean settled;

    private SoapEnvelope form = SoapEnvelope.USUAL;

    /** Whether other forms than the usual one were tried. */
    private boolean formsTried;

    public RetryingService(SoapClient soap, WanService service) {
        this(soap, new ServicePlace(service, Optional::empty));
    }

    /** @param shared with others who ask the same service */
    public RetryingService(SoapClient soap, ServicePlace shared) {
        this.soap = soap;
        this.shared = shared;
        this.service = shared.service();
    }

    /** @param arguments in the order of the specification */
    public SoapReply<XmlNode> call(String action, Map<String, String> arguments, Deadline deadline) {
        SoapReply<XmlNode> reply = askPatiently(action, arguments, deadline);
        while (!settled
                && reply instanceof SoapReply.Broken
                && place + 1 < service.controlUrls().size()
                && !deadline.hasPassed()) {
            place++;
            reply = ask(action, arguments, deadline);
        }
        return hasMoved(reply, deadline) ? askPatiently(action, arguments, deadline) : reply;
    }

    /**
     * Whether a service is no longer there, but at another place of the description. A place that is not there has done
     * nothing, so a change may be asked for again. It need not have answered here: another may have had its answer.
     */
    private boolean hasMoved(SoapReply<XmlNode> reply, Deadline deadline) {
        boolean gone = reply instanceof SoapReply.Broken<XmlNode>(Failure failure)
                && failure instanceof Failure.Unsupported
                && !deadline.hasPassed();
        Optional<WanService> now = gone ? shared.movedFrom(service) : Optional.empty();
        now.ifPresent(moved -> {
            service = moved;
            place = 0;
        });
        return now.isPresent();
    }

    /** Only queries are repeated here. A change without an answer is looked for first, by the caller. */
    private SoapReply<XmlNode> askPatiently(String action, Map<String, String> arguments, Deadline whole) {
        boolean query = action.startsWith("Get");
        int tries = query ? MOST_TRIES : 1;
        SoapReply<XmlNode> reply = ask(action, arguments, within(action, whole));
        while (--tries > 0 && isLost(reply) && !whole.hasPassed()) {
            reply = ask(action, arguments, within(action, whole));
        }
        return reply;
    }

    private Deadline within(String action, Deadline whole) {
        boolean query = action.startsWith("Get");
        if (soap.isLosing()) {
            return whole.within(query ? HASTY_QUERY_TIME : HASTY_CHANGE_TIME);
        }
        return whole.within(longer(query ? QUERY_TIME : CHANGE_TIME, whole));
    }

    /** A user who has set a longer time-out gets longer waits. */
    private static Duration longer(Duration usual, Deadline whole) {
        Duration share = Durations.divided(whole.remaining(), 3);
        return share.compareTo(usual) > 0 ? share : usual;
    }

    private static boolean isLost(SoapReply<XmlNode> reply) {
        return reply instanceof SoapReply.Broken<XmlNode>(Failure failure) && failure instanceof Failure.TimedOut;
    }

    private SoapReply<XmlNode> ask(String action, Map<String, String> arguments, Deadline deadline) {
        SoapClient.Answer answer = ask(form, action, arguments, deadline);
        if (answer.mindsTheForm() && !formsTried) {
            formsTried = true;
            answer = inOtherForms(answer, action, arguments, deadline);
        }
        settled |= !(answer.reply() instanceof SoapReply.Broken);
        return answer.reply();
    }

    /** Some servers read bodies of one form only (syncthing/syncthing#877). */
    private SoapClient.Answer inOtherForms(
            SoapClient.Answer first, String action, Map<String, String> arguments, Deadline deadline) {
        SoapEnvelope usual = form;
        for (SoapEnvelope other : SoapEnvelope.values()) {
            if (other != usual && !deadline.hasPassed()) {
                SoapClient.Answer answer = ask(other, action, arguments, deadline);
                if (answer.isUseful()) {
                    form = other;
                    return answer;
                }
            }
        }
        return first;
    }

    private SoapClient.Answer ask(
            SoapEnvelope wanted, String action, Map<String, String> arguments, Deadline deadline) {
        return soap.call(service, service.controlUrls().get(place), action, arguments, wanted, deadline);
    }
}
