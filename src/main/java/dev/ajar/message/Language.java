package dev.ajar.message;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A language that ajar's sentences exist in, besides English (docs/languages.md). */
public enum Language {
    GERMAN("de", "äöüß"),
    SPANISH("es", "áéíóúüñ"),
    FRENCH("fr", "àâçéèêëîïôùû"),
    POLISH("pl", "ąćęłńóśźż"),
    PORTUGUESE("pt_BR", "áâãàçéêíóôõú"),
    RUSSIAN("ru", "абвгдежзийклмнопрстуфхцчшщъыьэюя"),
    TURKISH("tr", "çğıöşüİ"),
    UKRAINIAN("uk", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    CHINESE("zh_CN", "的端口路由器映射");

    /** Words of a locale's name that mean traditional characters, which ajar has none of. */
    private static final String TRADITIONAL = ".*[_-](tw|hk|mo|hant)\\b.*";

    private final String code;
    private final String letters;

    Language(String code, String letters) {
        this.code = code;
        this.letters = letters;
    }

    /** The name of its folder of sentences, which {@code --lang} takes. */
    public String code() {
        return code;
    }

    /** Letters that a terminal must be able to show; without typographic signs, which plain ones can replace. */
    public String letters() {
        return letters;
    }

    /** The form of a sentence about {@code count} things. */
    public Plural plural(long count) {
        return switch (this) {
            case GERMAN, TURKISH -> Plural.oneOrOther(count);
            case SPANISH -> Plural.spanish(count);
            case FRENCH, PORTUGUESE -> Plural.french(count);
            case POLISH -> Plural.polish(count);
            case RUSSIAN, UKRAINIAN -> Plural.eastSlavic(count);
            case CHINESE -> Plural.OTHER;
        };
    }

    /**
     * The language of a locale's name, as in {@code LANG}: {@code pt_BR.UTF-8}, {@code pt-BR} and {@code pt} are the
     * same.
     *
     * @return empty for English, and for a language that ajar has no sentences in
     */
    public static Optional<Language> of(String locale) {
        String name = locale.strip().toLowerCase(Locale.ROOT);
        String language = name.split("[_.@-]", 2)[0];
        return Stream.of(values())
                .filter(one -> one.code.split("_", 2)[0].equals(language))
                .filter(one -> one != CHINESE || !name.matches(TRADITIONAL))
                .findFirst();
    }

    /** What {@code --lang} takes. */
    public static String codes() {
        return Stream.concat(Stream.of("en"), Stream.of(values()).map(Language::code))
                .collect(Collectors.joining(", "));
    }
}
