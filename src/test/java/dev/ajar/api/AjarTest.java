package dev.ajar.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ajar.message.Messages;
import dev.ajar.simulator.Fault;
import dev.ajar.simulator.Reaction;
import dev.ajar.simulator.RouterScript;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The library as a program uses it, behind an embedded router. */
class AjarTest extends LibraryTests {
    private static final Fault REFUSES = Fault.always("AddPortMapping", new Reaction.SoapFault(606, "not authorised"));

    private static RouterScript onlyUpnp() {
        return RouterScript.standard().speaking(RouterScript.Speaks.UPNP);
    }

    private String wanted() throws IOException {
        Path file = stateFolder().resolve("state.json");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Test
    void a_port_is_open_for_as_long_as_a_block_lasts() throws Exception {
        LibraryHome home = home();
        try (ServerSocket server = new ServerSocket(0);
                OpenPort port = home.program().openAndWait(PortRequest.tcp(server.getLocalPort()))) {
            assertThat(port.isOpen()).isTrue();
            assertThat(port.external()).map(InetSocketAddress::getPort).contains(server.getLocalPort());
            assertThat(port.joinAddress())
                    .hasValueSatisfying(text -> assertThat(text).matches("[0-9.]+:" + server.getLocalPort()));
            assertThat(port.reachability()).isEqualTo(Reachability.PUBLIC);
            assertThat(wanted()).contains(Integer.toString(server.getLocalPort()));
            try (Socket friend = home.router().internet().connect(server.getLocalPort())) {
                assertThat(friend.isConnected()).isTrue();
            }
        }

        assertThat(home.router().table()).isEmpty();
        assertThat(wanted()).doesNotContain("\"launch\"");
    }

    @Test
    void the_caller_waits_for_nothing() {
        LibraryHome home = home();
        CountDownLatch slowDisk = new CountDownLatch(1);
        Ajar ajar = Ajar.on(
                () -> {
                    Awaited.of(slowDisk);
                    return home.machine();
                },
                (port, before, now) -> {},
                Messages.ENGLISH);

        OpenPort port = ajar.keepOpen(PortRequest.tcp(25565));
        CompletableFuture<OpenPort> second = ajar.open(PortRequest.tcp(25566)).toCompletableFuture();
        CompletableFuture<Optional<java.net.InetAddress>> address =
                ajar.externalAddress().toCompletableFuture();
        assertThat(port.state()).isEqualTo(new PortState.Opening());
        assertThat(second).isNotDone();
        assertThat(address).isNotDone();

        slowDisk.countDown();
        await().atMost(LONG).until(port::isOpen);
        assertThat(second.join().isOpen()).isTrue();
        assertThat(address.join()).isPresent();
        ajar.close();
        assertThat(home.router().table()).isEmpty();
    }

    @Test
    void a_refusal_says_why_and_what_to_do_and_leaves_nothing() throws IOException {
        LibraryHome home = home(onlyUpnp().with(REFUSES));

        AjarException why =
                catchThrowableOfType(AjarException.class, () -> home.program().openAndWait(PortRequest.tcp(25565)));

        assertThat(why.reason()).isEqualTo(Reason.REFUSED);
        assertThat(why.advice()).isNotEmpty().allMatch(one -> !one.isBlank());
        assertThat(why).hasMessageContaining("does not allow");
        // It is thrown where the program waits, and shows that place.
        assertThat(why.getStackTrace()).anyMatch(frame -> frame.getClassName().equals(AjarTest.class.getName()));
        assertThat(home.router().table()).isEmpty();
        assertThat(wanted()).doesNotContain("\"launch\"");
    }

    @Test
    void the_asynchronous_way_ends_in_the_same_exception() {
        LibraryHome home = home(onlyUpnp().with(REFUSES));

        CompletableFuture<OpenPort> refused =
                home.program().open(PortRequest.tcp(25565)).toCompletableFuture();

        assertThatThrownBy(refused::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(AjarException.class);
    }

    @Test
    void a_port_that_is_refused_now_is_kept_asking_for() {
        LibraryHome home = home(onlyUpnp().with(REFUSES));
        OpenPort port = home.program().keepOpen(PortRequest.tcp(25565));

        await().atMost(LONG).until(() -> port.state() instanceof PortState.Refused);
        assertThat(port.external()).isEmpty();
    }

    @Test
    void without_a_router_it_says_so() {
        LibraryHome home = home(RouterScript.standard().speaking());

        AjarException why =
                catchThrowableOfType(AjarException.class, () -> home.program().openAndWait(PortRequest.tcp(25565)));

        assertThat(why.reason()).isEqualTo(Reason.NO_ROUTER);
    }

    @Test
    void both_protocols_are_one_port() throws Exception {
        LibraryHome home = home(onlyUpnp());
        OpenPort port = home.program().openAndWait(PortRequest.tcpAndUdp(27015).named("My game"));

        assertThat(home.router().table()).hasSize(2).allMatch(entry -> entry.contains("My game"));
        assertThat(port.state())
                .isInstanceOfSatisfying(
                        PortState.Open.class,
                        open -> assertThat(open.tcp()).isEqualTo(open.udp()).isEqualTo(OptionalInt.of(27015)));
        port.close();
        assertThat(home.router().table()).isEmpty();
    }

    @Test
    void another_devices_port_stays_its_own_and_any_free_one_will_do() throws Exception {
        LibraryHome home = home(onlyUpnp());
        RouterScript.Builder taken = new RouterScript.Builder();
        taken.speaks = Set.of(RouterScript.Speaks.UPNP);
        taken.entries = List.of("tcp 25565 -> 192.168.1.9:25565 \"other\" 0");
        home.close();
        LibraryHome busy = home(taken.script());

        AjarException why =
                catchThrowableOfType(AjarException.class, () -> busy.program().openAndWait(PortRequest.tcp(25565)));
        assertThat(why.reason()).isEqualTo(Reason.TAKEN);

        OpenPort port = busy.program().openAndWait(PortRequest.tcp(25565).anyExternalPort());
        assertThat(port.external()).map(InetSocketAddress::getPort).isNotEqualTo(Optional.of(25565));
        port.close();
        assertThat(busy.router().table()).singleElement().asString().contains("other");
    }

    @Test
    void an_unsafe_service_needs_the_users_yes() throws Exception {
        LibraryHome home = home();

        AjarException why =
                catchThrowableOfType(AjarException.class, () -> home.program().openAndWait(PortRequest.tcp(3389)));

        assertThat(why.reason()).isEqualTo(Reason.UNSAFE);
        assertThat(why.advice().getFirst()).contains("accepting(\"");
        assertThat(home.router().asked()).isEmpty();
        String service = why.advice().getFirst().replaceAll("(?s).*accepting\\(\"([a-z0-9-]+)\"\\).*", "$1");
        assertThat(home.program()
                        .openAndWait(PortRequest.tcp(3389).accepting(service))
                        .isOpen())
                .isTrue();
    }

    @Test
    void a_port_that_two_programs_want_stays_open_until_the_last_has_ended() throws Exception {
        LibraryHome home = home();
        Ajar one = home.program();
        Ajar other = home.program();
        assertThat(one.openAndWait(PortRequest.tcp(25565)).isOpen()).isTrue();
        OpenPort second = other.openAndWait(PortRequest.tcp(25565));

        one.close();
        assertThat(home.router().table()).hasSize(1);
        assertThat(second.isOpen()).isTrue();

        other.close();
        assertThat(home.router().table()).isEmpty();
    }

    @Test
    void the_same_port_twice_is_a_mistake_and_again_after_closing_is_none() throws Exception {
        LibraryHome home = home();
        Ajar ajar = home.program();
        OpenPort first = ajar.openAndWait(PortRequest.tcp(25565));

        AjarException twice = catchThrowableOfType(AjarException.class, () -> ajar.openAndWait(PortRequest.tcp(25565)));
        assertThat(twice.reason()).isEqualTo(Reason.TAKEN);
        assertThat(first.isOpen()).isTrue();

        first.close();
        assertThat(first.state()).isEqualTo(new PortState.Closed());
        assertThat(ajar.openAndWait(PortRequest.tcp(25565)).isOpen()).isTrue();
    }

    @Test
    void changes_are_told_in_their_order_on_a_thread_of_ajars_own() {
        LibraryHome home = home();
        List<PortState> told = new CopyOnWriteArrayList<>();
        List<String> threads = new CopyOnWriteArrayList<>();
        Ajar ajar = home.program((port, before, now) -> {
            told.add(now);
            threads.add(Thread.currentThread().getName());
            throw new IllegalStateException("the program's own mistake");
        });
        OpenPort port = ajar.keepOpen(PortRequest.udp(27015));
        await().atMost(LONG).until(port::isOpen);
        port.close();
        await().atMost(LONG).until(() -> told.size() == 2);

        assertThat(told.getFirst()).isInstanceOf(PortState.Open.class);
        assertThat(told.getLast()).isEqualTo(new PortState.Closed());
        assertThat(threads).containsOnly("ajar-callbacks");
    }

    @Test
    void no_thread_is_left_and_none_keeps_the_jvm_alive() throws Exception {
        LibraryHome home = home();
        Ajar ajar = home.program();
        OpenPort port = ajar.openAndWait(PortRequest.tcp(25565));
        assertThat(ajar.externalAddress().toCompletableFuture().join()).isPresent();
        assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);

        ajar.close();
        // An executor has ended a moment before the thread that tells so.
        await().atMost(LONG).until(() -> threads().isEmpty());
        assertThat(port.state()).isEqualTo(new PortState.Closed());
        assertThatThrownBy(() -> ajar.keepOpen(PortRequest.tcp(1024))).isInstanceOf(IllegalStateException.class);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ajar"))
                .collect(Collectors.toSet());
    }

    @Test
    void a_program_that_closes_at_once_leaves_nothing() {
        LibraryHome home = home();
        Ajar ajar = home.program();
        CompletableFuture<OpenPort> port = ajar.open(PortRequest.tcp(25565)).toCompletableFuture();
        ajar.close();

        assertThat(home.router().table()).isEmpty();
        // A callback may come a moment after close() has returned.
        await().atMost(LONG).until(port::isDone);
    }

    @Test
    void a_diagnosis_names_the_cause_and_the_next_step() throws Exception {
        LibraryHome home = home();

        Diagnosis nothingListens = home.program().diagnoseAndWait(PortRequest.tcp(25565));

        assertThat(nothingListens.isAllWell()).isFalse();
        assertThat(nothingListens.sentence()).isNotBlank();
        assertThat(nothingListens.advice()).isNotBlank();
        assertThat(home.router().table()).isEmpty();
    }
}
