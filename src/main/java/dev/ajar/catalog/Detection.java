package dev.ajar.catalog;

import java.util.List;

/**
 * Where to read the ports an application uses.
 *
 * @param settings in its own files; the first that has a value counts
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
     * @param key where the value is, in the notation of the format
     * @param portIndex the index of the port among those of the application
     */
    public record Setting(String path, Format format, String key, int portIndex) {}

    /** The format of a settings file. */
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
