package dev.ajar.container.engine;

import dev.ajar.json.JsonException;
import dev.ajar.message.Message;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an engine answered last to questions about single things. A failure that passes, such as that of a cluster which
 * elects its leader, must not close what stands on the last answer; one that stays must not close the ports of all
 * others.
 */
final class LastAnswers<T> {
    /** Each container asks for two at most. */
    private static final int MOST = 4 * EngineClient.MOST_CONTAINERS;

    private final Timeline timeline;
    private final Duration patience;
    private final Map<String, Last<T>> all = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    /** @param patience for how long the last answer counts from the first failure on */
    LastAnswers(Timeline timeline, Duration patience) {
        this.timeline = timeline;
        this.patience = patience;
    }

    /**
     * The last answer to a question.
     *
     * @param known whether there is one
     * @param answer empty if it was that there is nothing
     * @param counts while the engine fails to answer: how long it counts
     */
    private record Last<T>(boolean known, Optional<T> answer, Optional<Deadline> counts) {
        private static <T> Last<T> answered(Optional<T> answer) {
            return new Last<>(true, answer, Optional.empty());
        }
    }

    /** What may fail. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws IOException;
    }

    /**
     * The answer, or the last one while it counts.
     *
     * @return empty if there is nothing, or if the engine has failed for too long
     * @throws IOException if the engine fails, and has not answered before
     */
    Optional<T> of(String path, Question<T> question) throws IOException {
        asked.add(path);
        try {
            Optional<T> answer = Optional.of(question.ask());
            know(path, Last.answered(answer));
            return answer;
        } catch (EngineException e) {
            return e.isRefusal() ? nothing(path) : last(path, e);
        } catch (JsonException e) {
            return last(path, new EngineException(Message.of("containers.answer-odd")));
        }
    }

    private Optional<T> nothing(String path) {
        know(path, Last.answered(Optional.empty()));
        return Optional.empty();
    }

    private Optional<T> last(String path, EngineException failure) throws EngineException {
        Last<T> before = all.getOrDefault(path, new Last<>(false, Optional.empty(), Optional.empty()));
        Deadline counts = before.counts().orElseGet(() -> Deadline.after(timeline, patience));
        know(path, new Last<>(before.known(), before.answer(), Optional.of(counts)));
        if (counts.hasPassed()) {
            return Optional.empty();
        }
        if (!before.known()) {
            throw failure;
        }
        return before.answer();
    }

    private void know(String path, Last<T> last) {
        if (all.containsKey(path) || all.size() < MOST) {
            all.put(path, last);
        }
    }

    /** Forgets the answers to what was not asked since the last time. */
    void forgetOthers() {
        all.keySet().retainAll(asked);
        asked.clear();
    }
}
