package dev.ajar.gateway.upnp.soap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.upnp.description.WanService;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServicePlaceTest {
    private static final String TYPE = "urn:schemas-upnp-org:service:WANIPConnection:1";

    private final AtomicInteger readings = new AtomicInteger();
    private final WanService old = at("/old");
    private final WanService moved = at("/new");

    private static WanService at(String path) {
        return new WanService(TYPE, List.of(URI.create("http://192.168.1.1:5000" + path)));
    }

    private ServicePlace naming(Optional<WanService> now) {
        return new ServicePlace(old, () -> {
            readings.incrementAndGet();
            return now;
        });
    }

    /** The question about the line and the opening find the same service gone, each by itself. */
    @Test
    void two_who_find_it_gone_read_the_description_once() {
        ServicePlace place = naming(Optional.of(moved));

        assertThat(place.movedFrom(old)).contains(moved);
        assertThat(place.movedFrom(old)).contains(moved);
        assertThat(readings).hasValue(1);
        assertThat(place.service()).isEqualTo(moved);
    }

    @Test
    void what_has_moved_and_is_gone_again_is_not_read_again() {
        ServicePlace place = naming(Optional.of(moved));
        place.movedFrom(old);

        assertThat(place.movedFrom(moved)).isEmpty();
        assertThat(readings).hasValue(1);
    }

    @Test
    void the_same_place_once_more_is_no_move() {
        ServicePlace place = naming(Optional.of(at("/old")));

        assertThat(place.movedFrom(old)).isEmpty();
        assertThat(place.movedFrom(old)).isEmpty();
        assertThat(readings).hasValue(1);
    }
}
