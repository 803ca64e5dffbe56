package dev.ajar.cli.command;

import dev.ajar.config.ConfigFile;
import dev.ajar.config.ConfigProblem;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The document of {@code ajar config check --json}. */
final class ConfigJson {
    private ConfigJson() {}

    static String write(Path file, ConfigFile read, ExitCode exitCode) {
        return JsonMembers.document("config", exitCode)
                .with("file", file.toString())
                .with("port_count", read.configuration().portCount())
                .with("relay_count", read.relays().size())
                .with("problems", read.problems().stream().map(ConfigJson::json).toList())
                .write(Optional.empty());
    }

    private static Map<String, Object> json(ConfigProblem problem) {
        return new JsonMembers()
                .with("line", problem.line())
                .with("text", problem.what())
                .with("next", problem.remedy())
                .map();
    }
}
