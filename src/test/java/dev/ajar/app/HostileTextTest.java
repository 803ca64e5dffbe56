package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.Fault;
import dev.ajar.simulator.FaultScript;
import dev.ajar.simulator.Reaction;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.MeasurementLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Hostile names of routers and mappings do no harm to a terminal, a log line or a JSON reader. */
@Tag("hostile")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTextTest {
    private static final List<String> NASTY = List.of(
            "\u001b[2J",
            "\u001b]0;title\u0007",
            "\u001b]8;;http://x\u001b\\",
            "\u001b]52;c;aGk=\u0007",
            "\u001bP1$tx\u001b\\",
            "\u009b31m",
            "\u0085",
            "\r\n",
            "\n",
            "\b\b\b",
            "\u202e",
            "\u2066",
            "\u200b",
            "\ufeff",
            "\u2028",
            "\ue000",
            "\"}",
            "\\",
            "%s%n",
            "\u007f");

    @TempDir
    private Path home = Path.of("");

    private static List<String> texts() {
        Random random = new Random(12);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder("name ");
            for (int part = 0; part < 6; part++) {
                text.append(NASTY.get(random.nextInt(NASTY.size()))).append((char) ('a' + part));
            }
            texts.add(i == 199 ? text + "x".repeat(1 << 16) : text.toString());
        }
        return texts;
    }

    private String run(EmbeddedRouter router, String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean json = List.of(command).contains("--json");
        ByteArrayOutputStream err = json ? new ByteArrayOutputStream() : out;
        Main.run(
                EmbeddedWiring.of(router, new SystemTimeline()),
                Map.of("XDG_STATE_HOME", home.toString()),
                out,
                err,
                command);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void h12_only_printable_characters_and_line_ends_come_out() throws IOException {
        List<String> texts = texts();
        int outputs = 0;
        for (int i = 0; i < texts.size(); i += 40) {
            try (EmbeddedRouter router = EmbeddedRouter.start(script(texts.subList(i, i + 40)), new SystemTimeline())) {
                for (String[] command : List.of(
                        new String[] {"list"},
                        new String[] {"list", "--json"},
                        new String[] {"open", "25565", "--method", "upnp", "-v"},
                        new String[] {"open", "25565", "--method", "upnp", "--json"})) {
                    check(run(router, command), List.of(command).contains("--json"));
                    outputs++;
                }
            }
        }
        MeasurementLog.record("H12", texts.size() + " hostile texts in " + outputs + " outputs: 0 control characters");
    }

    private static void check(String output, boolean json) {
        assertThat(output.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Zl}\\p{Zp}]");
        assertThat(output.lines()
                        .filter(line -> !json)
                        .mapToInt(String::length)
                        .max()
                        .orElse(0))
                .isLessThanOrEqualTo(600);
        if (json) {
            assertThat(output.lines()).hasSize(1);
            assertThat(new JsonMapper().readTree(output).isObject()).isTrue();
        }
    }

    /** The maker's name, the model's, eight entries' names, and the text of a refusal. */
    private static RouterScript script(List<String> texts) {
        RouterScript.Builder draft = new RouterScript.Builder();
        draft.speaks = EnumSet.of(Speaks.UPNP);
        draft.igdVersion = 1;
        draft.manufacturer = texts.get(0);
        draft.model = texts.get(1);
        List<Fault> faults = new ArrayList<>();
        for (int i = 2; i < texts.size(); i++) {
            faults.add(Fault.once("GetGenericPortMappingEntry", entry(40_000 + i, texts.get(i))));
        }
        faults.add(Fault.always("AddPortMapping", new Reaction.SoapFault(606, texts.get(texts.size() - 1))));
        draft.faultScript = new FaultScript(faults, List.of(), List.of(), List.of(), List.of());
        return draft.script();
    }

    private static Reaction entry(int port, String name) {
        String escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return Reaction.Raw.of("HTTP/1.1 200 OK\r\n\r\n<s:Envelope><s:Body><u:GetGenericPortMappingEntryResponse>"
                + "<NewRemoteHost></NewRemoteHost><NewExternalPort>"
                + port
                + "</NewExternalPort><NewProtocol>TCP</NewProtocol><NewInternalPort>80</NewInternalPort>"
                + "<NewInternalClient>127.0.0.9</NewInternalClient><NewEnabled>1</NewEnabled>"
                + "<NewPortMappingDescription>"
                + escaped
                + "</NewPortMappingDescription><NewLeaseDuration>0</NewLeaseDuration>"
                + "</u:GetGenericPortMappingEntryResponse></s:Body></s:Envelope>");
    }
}
