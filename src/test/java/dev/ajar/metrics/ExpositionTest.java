package dev.ajar.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.Promtool;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionTest {
    private static final List<MetricFamily> FAMILIES = List.of(
            MetricFamily.info("ajar_build", "The version.")
                    .with(1, "version", "1.0")
                    .build(),
            MetricFamily.gauge("ajar_mapping_up", "Whether it is open.")
                    .with(1, "name", "say \"hi\" \\ there\nor not", "gateway", "")
                    .with(0, "name", "é{},=", "gateway", "192.168.77.1")
                    .build(),
            MetricFamily.counter("ajar_repairs", "Made again.").with(1.5e16).build());

    @Test
    void the_text_format_escapes_values_and_names_samples() {
        assertThat(Exposition.write(FAMILIES, ExpositionFormat.TEXT)).isEqualTo("""
                # HELP ajar_build_info The version.
                # TYPE ajar_build_info gauge
                ajar_build_info{version="1.0"} 1
                # HELP ajar_mapping_up Whether it is open.
                # TYPE ajar_mapping_up gauge
                ajar_mapping_up{name="say \\"hi\\" \\\\ there\\nor not",gateway=""} 1
                ajar_mapping_up{name="é{},=",gateway="192.168.77.1"} 0
                # HELP ajar_repairs_total Made again.
                # TYPE ajar_repairs_total counter
                ajar_repairs_total 1.5E16
                """);
    }

    @Test
    void openmetrics_names_families_and_has_an_end() {
        assertThat(Exposition.write(FAMILIES, ExpositionFormat.OPENMETRICS))
                .startsWith(
                        "# HELP ajar_build The version.\n# TYPE ajar_build info\najar_build_info{version=\"1.0\"} 1\n")
                .contains("# TYPE ajar_repairs counter\najar_repairs_total 1.5E16\n")
                .endsWith("\n# EOF\n");
    }

    /** A scrape with the same series twice is refused as a whole. */
    @Test
    void series_with_the_same_labels_become_one() {
        assertThat(Exposition.write(
                        List.of(
                                MetricFamily.gauge("up", "Up.")
                                        .with(0, "a", "b")
                                        .with(1, "a", "b")
                                        .build(),
                                MetricFamily.counter("sum", "Sum.")
                                        .with(2, "a", "b")
                                        .with(3, "a", "b")
                                        .build()),
                        ExpositionFormat.TEXT))
                .contains("up{a=\"b\"} 1\n")
                .contains("sum_total{a=\"b\"} 5\n")
                .doesNotContain("up{a=\"b\"} 0");
    }

    @Test
    void prometheus_reads_it() {
        Promtool.require();
        Promtool.checkMetrics(Exposition.write(FAMILIES, ExpositionFormat.TEXT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| TEXT",
                "*/*| TEXT",
                "text/html| TEXT",
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1| OPENMETRICS",
                "text/plain;version=0.0.4, application/openmetrics-text;q=0.5| TEXT",
                "application/openmetrics-text;q=0| TEXT",
                "Application/OpenMetrics-Text; version=1.0.0; q=0.9| OPENMETRICS",
                "application/openmetrics-textual| TEXT"
            })
    void the_client_chooses_the_format(String accept, ExpositionFormat expected) {
        assertThat(ExpositionFormat.accepted(accept)).isEqualTo(expected);
    }
}
