package dev.ajar.app;

/** What libraries and Java itself are told before the first of them is used: {@code docs/decisions/0068}. */
final class LibrarySettings {
    private static final String SELECTORS = "java.nio.channels.spi.SelectorProvider";

    private LibrarySettings() {}

    static void apply() {
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // picocli looks in every jar for types of Groovy and SQL, and makes converters of which ajar uses none.
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("picocli.converters.excludes", "java[.](nio|sql|time)[.].*");
        if (System.getProperty("os.name", "").equals("Linux") && System.getProperty(SELECTORS) == null) {
            // Java's own choice, for which it would look into every jar first.
            System.setProperty(SELECTORS, "sun.nio.ch.EPollSelectorProvider");
        }
    }
}
