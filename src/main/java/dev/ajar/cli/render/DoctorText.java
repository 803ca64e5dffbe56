package dev.ajar.cli.render;

import dev.ajar.doctor.Cause;
import dev.ajar.doctor.Certainty;
import dev.ajar.doctor.Diagnosis;
import dev.ajar.doctor.Facts;
import dev.ajar.doctor.Verdict;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.document.ValueJson;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalRoute;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The output of {@code ajar doctor}: the verdict and the next step first, then what leads there. */
public final class DoctorText {
    /** What the list of probes says, too. */
    private static final String PROBE = "doctor.attempt";

    private DoctorText() {}

    public static ExitCode exitCode(Diagnosis diagnosis) {
        return switch (diagnosis.first().cause()) {
            case ALL_WELL -> ExitCode.DONE;
            case SECOND_ROUTER, CARRIER_GRADE_NAT, DS_LITE, ADDRESSES_DISAGREE, LINE_DOWN, NO_INTERNET_ADDRESS ->
                ExitCode.NOT_REACHABLE;
            case PORT_TAKEN -> ExitCode.CONFLICT;
            case REFUSED, REFUSED_LOW_PORT, REFUSED_FOR_THIS_DEVICE, REFUSED_FOR_ANOTHER_DEVICE -> ExitCode.REFUSED;
            case TABLE_FULL, TOO_BUSY, ACCEPTED_BUT_NOT_THERE, CANNOT_DO_IT, ADDRESS_MISMATCH -> ExitCode.CANNOT;
            case NOBODY_LISTENS,
                    LISTENS_ON_LOOPBACK,
                    LISTENS_ELSEWHERE,
                    HOST_FIREWALL,
                    ANSWERS_LEAVE_BY_TUNNEL,
                    ANSWERS_LEAVE_BY_OTHER_LINK,
                    ANSWERS_LEAVE_BY_OTHER_ROUTER,
                    NO_WAY_FOR_ANSWERS,
                    DROPPED,
                    POINTS_TO_FORMER_ADDRESS,
                    POINTS_TO_ANOTHER_PORT,
                    RULE_SWITCHED_OFF -> ExitCode.PARTLY;
            case NOTES_UNWRITABLE -> ExitCode.BAD_STATE;
            case NO_NETWORK,
                    NO_DEFAULT_ROUTE,
                    VPN_HAS_ROUTE,
                    CONTAINER_BRIDGE,
                    VIRTUAL_NETWORK,
                    NOT_BEHIND_NAT,
                    NO_HOME_ROUTER,
                    ROUTER_UNREACHABLE,
                    SWITCHED_OFF,
                    SILENT,
                    SEARCH_UNFINISHED,
                    OWN_FIREWALL_KEEPS_IN,
                    OWN_FIREWALL_KEEPS_OUT,
                    FLOATING_GATEWAY,
                    OTHER_ROUTER_ANSWERS,
                    SILENT_OR_OWN_FIREWALL,
                    ANSWERS_BUT_NO_FORWARDING,
                    ANSWERS_NONSENSE,
                    STOPS_ANSWERING -> ExitCode.NO_GATEWAY;
            // A remark is never the first verdict.
            case SEVERAL_DEFAULT_ROUTES,
                    TWO_GATEWAYS,
                    ANSWERS_DEPEND_ON_RULE,
                    ADDRESS_UNKNOWN,
                    SAYS_DISCONNECTED,
                    KEEPS_IT_FOR_EVER,
                    MADE_BY_HAND,
                    NOT_TRIED,
                    TRIAL_LEFT_OPEN,
                    OPEN_OVER_IPV6,
                    SHUT_OVER_IPV6,
                    IPV6_ALONE,
                    ANOTHER_SERVICE,
                    FIREWALL_UNKNOWN -> ExitCode.DONE;
        };
    }

    /** @param verbose whether what was asked is told although all is well */
    public static void print(Terminal terminal, Facts facts, Diagnosis diagnosis, boolean verbose) {
        PrintWriter out = terminal.out();
        Verdict verdict = diagnosis.first();
        boolean well = verdict.cause() == Cause.ALL_WELL;
        String mark = terminal.text(well ? "finding.well" : "finding.found");
        String next = terminal.text("finding.next");
        String seen = terminal.text("finding.seen");
        int label = Stream.of(mark, next, seen).mapToInt(DisplayWidth::of).max().orElse(0);
        String first = DisplayWidth.padded(mark, label);
        lines(terminal, well ? terminal.good(first) : terminal.bad(first), label, title(terminal, verdict));
        lines(terminal, DisplayWidth.padded(next, label), label, terminal.text(verdict.next()));
        List<ProbeAttempt> attempts = facts.survey().attempts();
        boolean listed = !attempts.isEmpty() && (verbose || !well);
        for (Message why : verdict.because()) {
            if (listed && why.key().equals(PROBE)) {
                continue;
            }
            lines(terminal, DisplayWidth.padded(seen, label), label, terminal.text(why));
        }
        if (!diagnosis.others().isEmpty()) {
            out.println();
            out.println(terminal.text("finding.also"));
            for (Verdict other : diagnosis.others()) {
                String line = terminal.text("finding.further", "title", title(terminal, other), "next", other.next());
                LineWrap.paragraph(terminal.textWidth(), "- " + line.strip(), "  ", "    ")
                        .forEach(terminal::say);
            }
        }
        if (listed) {
            out.println();
            out.println(terminal.text("show.asked"));
            FailureText.attempts(terminal, out, attempts);
        }
    }

    /** @param columns of the label */
    private static void lines(Terminal terminal, String label, int columns, String text) {
        LineWrap.paragraph(terminal.textWidth(), text, label + "  ", " ".repeat(columns + 2))
                .forEach(terminal::say);
    }

    private static String title(Terminal terminal, Verdict verdict) {
        return verdict.certainty() == Certainty.LIKELY && verdict.cause() != Cause.ALL_WELL
                ? terminal.text("finding.likely", "title", verdict.title())
                : terminal.text(verdict.title());
    }

    public static String json(Facts facts, Diagnosis diagnosis) {
        return JsonMembers.document("doctor", exitCode(diagnosis))
                .with("router", facts.guide().id())
                .with("verdict", verdict(diagnosis.first()))
                .with(
                        "others",
                        diagnosis.others().stream().map(DoctorText::verdict).toList())
                .with("attempts", JsonMembers.attempts(facts.survey().attempts()))
                .write(Optional.empty());
    }

    /** The whole report for a user who helps, without private data. In English, as logs are. */
    public static String report(Facts facts, Diagnosis diagnosis) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.println("# ajar doctor");
        out.println();
        Terminal terminal = new Terminal(out, out, false, false);
        print(terminal, facts, diagnosis, true);
        out.println();
        out.println(terminal.text("finding.networks"));
        for (LocalRoute route : facts.routes()) {
            String address = Addresses.text(route.localAddress()) + "/" + route.prefixLength();
            Object gateway = told(route.gateway(), Message.of("finding.no-gateway"));
            out.println(terminal.text(
                    "finding.network", "interface", route.interfaceName(), "address", address, "gateway", gateway));
        }
        out.println(terminal.text("finding.routers"));
        for (RouterSurvey.Seen seen : facts.survey().seen()) {
            String router = Addresses.text(seen.info().id().address());
            Object address = told(seen.address(), Message.of("finding.address-not-told"));
            String location = seen.info().location().map(at -> ", " + at).orElse("");
            out.println(terminal.text(
                            "finding.router",
                            "router",
                            router,
                            "title",
                            seen.info().title(),
                            "address",
                            address)
                    + location);
        }
        out.println(terminal.text("finding.guide", "guide", facts.guide().id()));
        out.println();
        out.println(json(facts, diagnosis));
        out.flush();
        return Redaction.of(text.toString(), names(facts));
    }

    /** What other devices are called, as the router's list tells it, and what its entries are called. */
    private static List<String> names(Facts facts) {
        return facts.survey().seen().stream()
                .flatMap(seen -> seen.table().stream())
                .flatMap(table -> table.entries().stream())
                .flatMap(entry -> Stream.of(entry.internalClient(), entry.description(), entry.remoteHost()))
                .map(RouterText::display)
                .toList();
    }

    private static Object told(Optional<InetAddress> address, Message otherwise) {
        return address.<Object>map(Addresses::text).orElse(otherwise);
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        JsonMembers json = new JsonMembers()
                .with("id", verdict.id())
                .with("certainty", verdict.certainty().key());
        ValueJson.putSentence(json, "title", verdict.title());
        ValueJson.putSentence(json, "next", verdict.next());
        return ValueJson.putSentences(json, "because", verdict.because()).map();
    }
}
