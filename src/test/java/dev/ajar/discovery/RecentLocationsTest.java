package dev.ajar.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentLocationsTest {
    private static URI place(int number) {
        return URI.create("http://192.168.77.1:" + number + "/rootDesc.xml");
    }

    @Test
    void the_latest_is_asked_first_and_none_twice() {
        RecentLocations places = new RecentLocations();
        places.found(place(1));
        places.found(place(2));
        places.found(place(1));

        assertThat(places.all()).containsExactly(place(1), place(2));
    }

    /** A router that answers in many names fills no memory. */
    @Test
    void only_some_are_kept() {
        RecentLocations places = new RecentLocations();
        for (int i = 0; i < 100; i++) {
            places.found(place(i));
        }
        assertThat(places.all()).containsExactly(place(99), place(98), place(97), place(96));
    }

    @Test
    void those_of_the_state_file_come_after_those_of_this_process() {
        RecentLocations process = new RecentLocations();
        RecentLocations command = process.and(() -> List.of(place(7), place(1)));
        process.found(place(1));

        assertThat(command.all()).containsExactly(place(1), place(7));
        command.found(place(2));
        assertThat(process.all()).containsExactly(place(2), place(1));
    }
}
