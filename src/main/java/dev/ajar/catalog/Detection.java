package dev.ajar.catalog;

import java.util.List;

/**
 * Where an application itself says which ports it uses.
 *
 * @param settings in its own files, the first that says something counts
 * @param options of its command line that set the first port, as typed
 */
public record Detection(List<Setting> settings, List<String> options) {
    public static final Detection NONE = new Detection(List.of(), List.of());

    public Detection {
        settings = List.copyOf(settings);
        options = List.copyOf(options);
    }

    /**
     * A value in a file.
     *
     * @param path from the folder the application runs in, from home ({@code ~/}), or absolute
     * @param key how to find it, in the format's own way
     * @param portIndex which of the application's ports it is
     */
    public record Setting(String path, Format format, String key, int portIndex) {}

    /** How a file is written. */
    public enum Format {
        PROPERTIES,
        INI,
        JSON,
        YAML,
        TOML,
        XML,
        WORDS
    }
}
