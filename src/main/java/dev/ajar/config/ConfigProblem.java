package dev.ajar.config;

import dev.ajar.message.Message;

/**
 * A mistake in the configuration file.
 *
 * @param line counted from 1; 0 for the file as a whole
 * @param remedy what to write instead, as a sentence
 */
public record ConfigProblem(int line, Message what, Message remedy) {
    /** @param file its name, as the user wrote it */
    public Message in(String file) {
        return line > 0
                ? Message.of("config.problem", "file", file, "line", line, "what", what, "remedy", remedy)
                : Message.of("config.file-problem", "file", file, "what", what, "remedy", remedy);
    }
}
