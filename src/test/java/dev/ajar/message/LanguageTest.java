package dev.ajar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource({
        "ru_RU.UTF-8, ru",
        "ru, ru",
        "RU-ru, ru",
        "pt_BR.UTF-8, pt_BR",
        "pt_PT, pt_BR",
        "pt, pt_BR",
        "zh_CN.GB18030, zh_CN",
        "zh-Hans, zh_CN",
        "zh, zh_CN",
        "de_AT@euro, de",
        "es_419, es",
        "uk_UA, uk"
    })
    void a_locale_names_a_language(String locale, String code) {
        assertThat(Language.of(locale).map(Language::code)).contains(code);
    }

    @ParameterizedTest
    @CsvSource({"C", "C.UTF-8", "POSIX", "en_GB", "zh_TW", "zh-Hant", "zh_Hant_HK", "eo", "''", "rus", "../ru"})
    void others_are_english(String locale) {
        assertThat(Language.of(locale)).isEmpty();
    }

    /** The samples of the CLDR's table of cardinal rules (version 46), for whole numbers. */
    @ParameterizedTest
    @CsvSource({
        "ru, 0 many, 1 one, 2 few, 4 few, 5 many, 11 many, 12 many, 14 many, 19 many, 21 one, 22 few, 25 many",
        "ru, 100 many, 101 one, 111 many, 112 many, 122 few, 1000 many, 1001 one, 1000000 many, 1000002 few",
        "uk, 0 many, 1 one, 2 few, 3 few, 5 many, 11 many, 21 one, 31 one, 114 many, 124 few, 1000000 many, 71 one",
        "pl, 0 many, 1 one, 2 few, 4 few, 5 many, 11 many, 12 many, 14 many, 21 many, 22 few, 101 many, 1004 few",
        "de, 0 other, 1 one, 2 other, 11 other, 21 other, 100 other, 1000 other, 1000000 other, 5 other, 6 other",
        "tr, 0 other, 1 one, 2 other, 11 other, 21 other, 100 other, 1000 other, 1000000 other, 5 other, 6 other",
        "es, 0 other, 1 one, 2 other, 11 other, 21 other, 1000 other, 100000 other, 1000000 many, 2000000 many",
        "fr, 0 one, 1 one, 2 other, 11 other, 21 other, 1000 other, 100000 other, 1000000 many, 2000000 many",
        "pt_BR, 0 one, 1 one, 2 other, 11 other, 21 other, 1000 other, 100000 other, 1000000 many, 1000001 other",
        "zh_CN, 0 other, 1 other, 2 other, 5 other, 11 other, 21 other, 100 other, 1000000 other, 3 other"
    })
    void the_plural_form_is_the_cldrs(org.junit.jupiter.params.aggregator.ArgumentsAccessor row) {
        Language language = Language.of(String.valueOf(row.getString(0))).orElseThrow();
        for (int i = 1; i < row.size(); i++) {
            String[] sample = String.valueOf(row.getString(i)).split(" ");
            assertThat(language.plural(Long.parseLong(sample[0])).suffix())
                    .as("%s %s", language, sample[0])
                    .isEqualTo("." + sample[1]);
        }
    }

    @Test
    void every_form_that_occurs_is_a_form_its_files_must_have() {
        assertThat(forms(Language.RUSSIAN)).isEqualTo("FEW MANY ONE");
        assertThat(forms(Language.GERMAN)).isEqualTo("ONE OTHER");
        assertThat(forms(Language.FRENCH)).isEqualTo("MANY ONE OTHER");
        assertThat(forms(Language.CHINESE)).isEqualTo("OTHER");
    }

    private static String forms(Language language) {
        return LongStream.concat(LongStream.rangeClosed(0, 200), LongStream.of(1_000_000))
                .mapToObj(language::plural)
                .map(Plural::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
