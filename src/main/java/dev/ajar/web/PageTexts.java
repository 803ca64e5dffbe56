package dev.ajar.web;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.json.sentence.SentenceJson;
import dev.ajar.message.Language;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page's own sentences, and those of the documents it shows, in the language of its user: the ones of ajar's
 * message files. A document has its sentences in English, and beside each the key and the values that it was made of.
 */
final class PageTexts {
    private static final String SENTENCE = "_sentence";
    private static final String SENTENCES = "_sentences";

    /** What presets say in the words of their profiles, which have no keys. */
    private static final Set<String> OF_PROFILES = Set.of("name", "warning", "safer", "nothing_to_open");

    private static final String PURPOSE = "purpose";

    private static final String REFUSALS = "relaying.refusal.";
    private static final String STOPPED = "relaying.stopped";

    private PageTexts() {}

    /** The document of {@code /texts.json}. */
    static String own(Messages messages) {
        Map<String, String> texts = new TreeMap<>(messages.area("view"));
        messages.area("relaying").forEach((key, text) -> {
            if (key.startsWith(REFUSALS) || key.equals(STOPPED)) {
                texts.put(key, text);
            }
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("language", messages.code());
        document.put(
                "languages",
                Stream.concat(
                                Stream.of(Messages.ENGLISH.code()),
                                Stream.of(Language.values()).map(Language::code))
                        .toList());
        document.put("texts", texts);
        return JsonWriter.write(document);
    }

    /** The same document with its sentences in the language; as it is where it is none. */
    static String translated(String document, Messages messages) {
        if (messages == Messages.ENGLISH || document.isBlank()) {
            return document;
        }
        try {
            Map<String, @Nullable Object> json =
                    JsonReader.read(document.getBytes(StandardCharsets.UTF_8)).toMap();
            Map<String, @Nullable Object> told = object(json, messages);
            if ("presets".equals(told.get("command"))) {
                told.computeIfPresent("presets", (name, presets) -> profiles(presets, messages));
            }
            return JsonWriter.write(told);
        } catch (JsonException e) {
            return document;
        }
    }

    private static Map<String, @Nullable Object> object(Map<?, ?> json, Messages messages) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        json.forEach((name, value) -> told.put(String.valueOf(name), value(value, messages)));
        json.forEach((name, value) -> {
            String member = String.valueOf(name);
            if (value instanceof Map<?, ?> sentence && member.endsWith(SENTENCE)) {
                put(told, cut(member, SENTENCE), sentence, messages);
            } else if (value instanceof List<?> sentences && member.endsWith(SENTENCES)) {
                put(told, cut(member, SENTENCES), sentences, messages);
            }
        });
        // An event of the history has its key and values beside its message.
        if (json.get("message") instanceof String && json.get("key") instanceof String) {
            put(told, "message", json, messages);
        }
        return told;
    }

    private static @Nullable Object value(@Nullable Object value, Messages messages) {
        return switch (value) {
            case Map<?, ?> object -> object(object, messages);
            case List<?> list -> {
                List<@Nullable Object> told = new ArrayList<>();
                list.forEach(element -> told.add(value(element, messages)));
                yield told;
            }
            case null, default -> value;
        };
    }

    private static @Nullable Object profiles(@Nullable Object value, Messages messages) {
        return switch (value) {
            case Map<?, ?> object -> {
                Map<String, @Nullable Object> told = new LinkedHashMap<>();
                object.forEach((name, member) -> told.put(
                        String.valueOf(name),
                        member instanceof String text
                                ? profile(String.valueOf(name), text, messages)
                                : profiles(member, messages)));
                yield told;
            }
            case List<?> list -> {
                List<@Nullable Object> told = new ArrayList<>();
                list.forEach(element -> told.add(profiles(element, messages)));
                yield told;
            }
            case null, default -> value;
        };
    }

    private static String profile(String name, String text, Messages messages) {
        if (name.equals(PURPOSE)) {
            return messages.text("page.purpose", "purpose", text);
        }
        return OF_PROFILES.contains(name) ? messages.text(Message.verbatim(text)) : text;
    }

    private static String cut(String member, String suffix) {
        return member.substring(0, member.length() - suffix.length());
    }

    private static void put(Map<String, @Nullable Object> told, String name, Map<?, ?> sentence, Messages messages) {
        if (told.get(name) instanceof String english) {
            told.put(name, SentenceJson.shown(messages.text(SentenceJson.read(sentence, english))));
        }
    }

    private static void put(Map<String, @Nullable Object> told, String name, List<?> sentences, Messages messages) {
        if (told.get(name) instanceof List<?> english && english.size() == sentences.size()) {
            List<@Nullable Object> all = new ArrayList<>();
            for (int i = 0; i < english.size(); i++) {
                all.add(
                        english.get(i) instanceof String text && sentences.get(i) instanceof Map<?, ?> sentence
                                ? SentenceJson.shown(messages.text(SentenceJson.read(sentence, text)))
                                : english.get(i));
            }
            told.put(name, all);
        }
    }
}
