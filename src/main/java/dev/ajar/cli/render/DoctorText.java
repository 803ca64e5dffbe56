package dev.ajar.cli.render;

import dev.ajar.doctor.Certainty;
import dev.ajar.doctor.Diagnosis;
import dev.ajar.doctor.Facts;
import dev.ajar.doctor.Verdict;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Addresses;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A diagnosis: the verdict and the one next step first, all the rest behind it. */
public final class DoctorText {
    private static final String WELL = "all_well";

    private DoctorText() {}

    public static ExitCode exitCode(Diagnosis diagnosis) {
        return switch (diagnosis.first().id()) {
            case WELL -> ExitCode.DONE;
            case "second_router", "carrier_grade_nat", "ds_lite", "addresses_disagree" -> ExitCode.NOT_REACHABLE;
            case "port_taken" -> ExitCode.CONFLICT;
            case "refused", "refused_low_port", "refused_for_this_device", "refused_for_another_device" ->
                ExitCode.REFUSED;
            case "table_full", "accepted_but_not_there", "cannot_do_it" -> ExitCode.CANNOT;
            case "nobody_listens",
                    "listens_on_loopback",
                    "listens_elsewhere",
                    "host_firewall",
                    "dropped",
                    "points_to_former_address" -> ExitCode.PARTLY;
            case "notes_unwritable" -> ExitCode.BAD_STATE;
            default -> ExitCode.NO_GATEWAY;
        };
    }

    public static void print(Terminal terminal, Facts facts, Diagnosis diagnosis) {
        PrintWriter out = terminal.out();
        Verdict first = diagnosis.first();
        String mark = first.id().equals(WELL) ? terminal.good("well") : terminal.bad("found");
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
            case LIKELY -> verdict.id().equals(WELL) ? "" : " (Very likely.)";
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
        json.put("certainty", certainty(verdict.certainty()));
        json.put("title", verdict.title());
        json.put("next", verdict.next());
        json.put("because", verdict.because());
        return json;
    }

    private static String certainty(Certainty certainty) {
        return certainty.key();
    }
}
