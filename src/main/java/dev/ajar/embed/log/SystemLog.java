package dev.ajar.embed.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Hands on to {@code System.Logger}, none of it above DEBUG: what matters to the program it learns from the library's
 * results, and nothing is to be printed unasked.
 */
final class SystemLog extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private static final String PREFIX = "dev.ajar.";

    SystemLog(String library) {
        name = PREFIX + library.substring(library.lastIndexOf('.') + 1);
    }

    private System.Logger logger() {
        return System.getLogger(name);
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable error) {
        logger().log(of(level), MessageFormatter.basicArrayFormat(pattern, arguments), error);
    }

    private static System.Logger.Level of(Level level) {
        return switch (level) {
            case ERROR, WARN -> System.Logger.Level.DEBUG;
            case INFO, DEBUG, TRACE -> System.Logger.Level.TRACE;
        };
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return logger().isLoggable(System.Logger.Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isTraceEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return isTraceEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return logger().isLoggable(System.Logger.Level.DEBUG);
    }

    @Override
    public boolean isErrorEnabled() {
        return isWarnEnabled();
    }
}
