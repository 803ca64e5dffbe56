package dev.ajar.service.backend;

import dev.ajar.launch.Program;
import dev.ajar.message.Messages;
import dev.ajar.model.Mapping;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.controller.RelayProcessController;
import dev.ajar.system.Pause;
import dev.ajar.system.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The relay process, as a program whose ports are kept open. */
final class RelayProgram implements Program {
    private final RelayProcessController controller;
    private final Optional<Duration> stay;
    private final Pause pause;

    /** @param stay how long the relay runs; empty until a signal ends it */
    RelayProgram(RelayProcessController controller, Optional<Duration> stay, Pause pause) {
        this.controller = controller;
        this.stay = stay;
        this.pause = pause;
    }

    @Override
    public String name() {
        return Messages.ENGLISH.text("relaying.name");
    }

    /** The first signal lets connections finish; the second ends the relay at once. */
    @Override
    public Running start() {
        AtomicBoolean asked = new AtomicBoolean();
        for (String signal : List.of("INT", "TERM", "HUP")) {
            Signals.hear(signal, name -> {
                if (asked.getAndSet(true)) {
                    controller.stopAtOnce();
                } else {
                    controller.stop();
                }
            });
        }
        stay.ifPresent(time -> Thread.ofPlatform().daemon().name("relay-end").start(() -> {
            pause.pause(time);
            controller.stop();
        }));
        return new RunningRelay(controller);
    }

    private record RunningRelay(RelayProcessController controller) implements Running {
        @Override
        public boolean isRunning() {
            return !controller.hasEnded();
        }

        @Override
        public void whenEnded(Runnable action) {
            Thread.ofPlatform().daemon().name("relay-ended").start(() -> {
                try {
                    controller.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                action.run();
            });
        }

        @Override
        public void whenUnneeded(Consumer<Predicate<Mapping>> ended) {
            controller.whenStopped(rules ->
                    ended.accept(mapping -> rules.contains(new RuleKey(mapping.protocol(), mapping.externalPort()))));
        }

        @Override
        public int await() throws InterruptedException {
            controller.await();
            return 0;
        }
    }
}
