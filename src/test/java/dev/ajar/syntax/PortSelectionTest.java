package dev.ajar.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.model.Port;
import dev.ajar.testing.WorkLimit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortSelectionTest {
    private static long allocated(List<String> words) {
        return WorkLimit.run(() -> {
                    try {
                        assertThat(PortSelection.of(words, null).applications()).hasSameSizeAs(words);
                    } catch (InvalidInputException e) {
                        throw new AssertionError(e);
                    }
                })
                .allocatedBytes();
    }

    /** A name that is an alias is looked for in the file of every application. */
    @Test
    void thirty_names_read_the_applications_once() {
        Set<Port> ports = new HashSet<>();
        List<String> aliases = new ApplicationCatalog()
                .all().stream()
                        .filter(one -> one.nothingToOpen().isEmpty())
                        .filter(one -> one.ports().size() == 1
                                && !one.ports().getFirst().isRange()
                                && !one.aliases().isEmpty()
                                && ports.add(one.ports().getFirst().first()))
                        .flatMap(one -> one.aliases().stream().limit(1))
                        .limit(30)
                        .toList();
        assertThat(aliases).hasSize(30);
        long before = allocated(aliases.subList(0, 1));
        long one = allocated(aliases.subList(0, 1));
        long all = allocated(aliases);

        assertThat(before).isPositive();
        assertThat(all).as("bytes of memory, of %s for one", one).isLessThan(5 * one);
    }
}
