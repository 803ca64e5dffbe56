package dev.ajar.cli.render;

import dev.ajar.doctor.Cause;
import dev.ajar.doctor.Diagnosis;
import dev.ajar.doctor.Facts;
import dev.ajar.doctor.Verdict;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A diagnosis: the verdict and the one next step first, all the rest behind it. */
public final class DoctorText {
    private DoctorText() {}

    public static ExitCode exitCode(Diagnosis diagnosis) {
        return switch (diagnosis.first().cause()) {
            case ALL_WELL -> ExitCode.DONE;
            case SECOND_ROUTER, CARRIER_GRADE_NAT, DS_LITE, ADDRESSES_DISAGREE -> ExitCode.NOT_REACHABLE;
            case PORT_TAKEN -> ExitCode.CONFLICT;
            case REFUSED, REFUSED_LOW_PORT, REFUSED_FOR_THIS_DEVICE, REFUSED_FOR_ANOTHER_DEVICE -> ExitCode.REFUSED;
            case TABLE_FULL, ACCEPTED_BUT_NOT_THERE, CANNOT_DO_IT -> ExitCode.CANNOT;
            case NOBODY_LISTENS,
                    LISTENS_ON_LOOPBACK,
                    LISTENS_ELSEWHERE,
                    HOST_FIREWALL,
                    DROPPED,
                    POINTS_TO_FORMER_ADDRESS -> ExitCode.PARTLY;
            case NOTES_UNWRITABLE -> ExitCode.BAD_STATE;
            case NO_NETWORK,
                    NO_DEFAULT_ROUTE,
                    VPN_HAS_ROUTE,
                    CONTAINER_BRIDGE,
                    NOT_BEHIND_NAT,
                    ROUTER_UNREACHABLE,
                    SWITCHED_OFF,
                    SILENT,
                    SILENT_OR_OWN_FIREWALL,
                    ANSWERS_BUT_NO_FORWARDING,
                    ANSWERS_NONSENSE,
                    STOPS_ANSWERING,
                    NO_INTERNET_ADDRESS -> ExitCode.NO_GATEWAY;
            // A remark is never the first verdict.
            case SEVERAL_DEFAULT_ROUTES,
                    TWO_GATEWAYS,
                    ADDRESS_UNKNOWN,
                    KEEPS_IT_FOR_EVER,
                    MADE_BY_HAND,
                    NOT_TRIED,
                    TRIAL_LEFT_OPEN,
                    ANOTHER_SERVICE,
                    FIREWALL_UNKNOWN -> ExitCode.DONE;
        };
    }

    public static void print(Terminal terminal, Facts facts, Diagnosis diagnosis) {
        PrintWriter out = terminal.out();
        Verdict first = diagnosis.first();
        String mark = first.cause() == Cause.ALL_WELL ? terminal.good("well") : terminal.bad("found");
        lines(out, mark + "  " + first.title() + sure(first), "       ");
        lines(out, "next   " + first.next(), "       ");
        first.because().forEach(why -> lines(out, "seen   " + why, "       "));
        if (!diagnosis.others().isEmpty()) {
            out.println();
            out.println("Also:");
            for (Verdict other : diagnosis.others()) {
                lines(out, "  - " + other.title() + sure(other) + " " + other.next(), "    ");
            }
        }
        List<ProbeAttempt> attempts = facts.survey().attempts();
        if (!attempts.isEmpty()) {
            out.println();
            out.println("Asked:");
            FailureText.attempts(out, attempts);
        }
    }

    private static void lines(PrintWriter out, String text, String rest) {
        GuideText.wrap(text.strip(), text.startsWith("  - ") ? "  " : "", rest).forEach(out::println);
    }

    private static String sure(Verdict verdict) {
        return switch (verdict.certainty()) {
            case CERTAIN -> "";
            case LIKELY -> verdict.cause() == Cause.ALL_WELL ? "" : " (Very likely.)";
            case CANNOT_TELL -> "";
        };
    }

    public static String json(Facts facts, Diagnosis diagnosis) {
        Map<String, Object> document = JsonMembers.document("doctor", exitCode(diagnosis));
        document.put("router", facts.guide().id());
        document.put("verdict", verdict(diagnosis.first()));
        document.put(
                "others", diagnosis.others().stream().map(DoctorText::verdict).toList());
        document.put("attempts", JsonMembers.attempts(facts.survey().attempts()));
        document.put("error", Optional.empty());
        return JsonMembers.write(document);
    }

    /** All of it for somebody who is asked for help, without what is nobody's business. */
    public static String report(Facts facts, Diagnosis diagnosis) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.println("# ajar doctor");
        out.println();
        print(new Terminal(out, out, false, false), facts, diagnosis);
        out.println();
        out.println("Networks:");
        facts.routes()
                .forEach(route -> out.println("  %s %s/%d gateway %s"
                        .formatted(
                                route.interfaceName(),
                                Addresses.text(route.localAddress()),
                                route.prefixLength(),
                                route.gateway().map(Addresses::text).orElse("none"))));
        out.println("Routers:");
        facts.survey()
                .seen()
                .forEach(seen -> out.println("  "
                        + Addresses.text(seen.info().id().address())
                        + " "
                        + seen.info().title()
                        + ", internet address "
                        + seen.address().map(Addresses::text).orElse("not told")
                        + seen.info().location().map(at -> ", " + at).orElse("")));
        out.println("Guide: " + facts.guide().id());
        out.println();
        out.println(json(facts, diagnosis));
        out.flush();
        return Redaction.of(text.toString());
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", verdict.id());
        json.put("certainty", verdict.certainty().key());
        json.put("title", verdict.title().toString());
        json.put("next", verdict.next().toString());
        json.put("because", verdict.because().stream().map(Message::toString).toList());
        return json;
    }
}
