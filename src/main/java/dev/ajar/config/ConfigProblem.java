package dev.ajar.config;

/**
 * Something in the configuration file that makes no sense.
 *
 * @param line counted from 1; 0 where it is the file as a whole
 * @param remedy what to write instead, as a sentence
 */
public record ConfigProblem(int line, String what, String remedy) {
    /** @param file as it was named */
    public String in(String file) {
        return file + (line > 0 ? ":" + line : "") + ": " + what + ". " + remedy;
    }
}
